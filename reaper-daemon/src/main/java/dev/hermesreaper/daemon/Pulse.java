package dev.hermesreaper.daemon;

import java.time.Duration;

/** Somebody who wants to hear regularly that the work goes on. It beats on the thread that sweeps, and nowhere else. */
interface Pulse {

    /** Nobody wants to hear it. */
    Pulse NONE = new Pulse() {
        @Override
        public Duration every() {
            return Duration.ofDays(1);
        }

        @Override
        public void beat() {}
    };

    /** At least so often. */
    Duration every();

    /** Another step was made. */
    void beat();
}
