package dev.hermesreaper.agent.architecture.canary.agent.reap;

final class EndsByPid {

    static boolean end(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::destroyForcibly).isPresent();
    }
}
