package dev.hermesreaper.daemon.architecture.canary;

final class TellsTime {

    static long nanos() {
        return System.nanoTime();
    }
}
