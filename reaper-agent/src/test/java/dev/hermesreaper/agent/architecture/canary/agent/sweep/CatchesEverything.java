package dev.hermesreaper.agent.architecture.canary.agent.sweep;

final class CatchesEverything {

    static boolean works(Runnable task) {
        try {
            task.run();
            return true;
        } catch (Throwable anything) {
            return false;
        }
    }
}
