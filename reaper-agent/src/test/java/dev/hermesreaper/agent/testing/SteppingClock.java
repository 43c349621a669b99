package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.process.Moment;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when told to. Its wall clock can step, and the machine it belongs to can sleep. */
final class SteppingClock {
    /** The machine has been up for so long when a test begins that a process can be weeks old. */
    static final Duration UPTIME = Duration.ofDays(90);

    private Moment now = new Moment(UPTIME, UPTIME, Instant.parse("2026-05-07T10:30:00Z"));

    Moment now() {
        return now;
    }

    /** Time passes while the machine is awake. */
    void step(Duration time) {
        now = new Moment(
                now.sinceBoot().plus(time), now.awake().plus(time), now.wall().plus(time));
    }

    /** Time passes while the machine sleeps: only the clock that stands still then does. */
    void suspend(Duration time) {
        now = new Moment(now.sinceBoot().plus(time), now.awake(), now.wall().plus(time));
    }

    /** Somebody sets the wall clock. */
    void stepWall(Duration by) {
        now = new Moment(now.sinceBoot(), now.awake(), now.wall().plus(by));
    }
}
