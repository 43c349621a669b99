package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.process.Activity;
import java.time.Duration;

/** What the threads of a process do: nothing but wait for input, until told otherwise. */
final class FakeActivity {
    private boolean readable = true;
    private boolean waits = true;
    private boolean sleepOnly;
    private boolean frozen;
    private boolean works;
    private long mainSwitches = 810;
    private long mainTicks = 140;
    private long bytesRead = 4000;
    private double otherSwitchesPerSecond;
    private double otherTicksPerSecond;
    private double otherSwitches = 40;
    private double otherTicks = 3;

    /** Lets {@code awake} time pass. */
    void pass(Duration awake) {
        double seconds = awake.toMillis() / 1000.0;
        otherSwitches += otherSwitchesPerSecond * seconds;
        otherTicks += otherTicksPerSecond * seconds;
        if (works) {
            mainSwitches += 1 + Math.round(100 * seconds);
            mainTicks += Math.round(50 * seconds);
        }
    }

    void hide() {
        readable = false;
    }

    void show() {
        readable = true;
    }

    void hideCall() {
        sleepOnly = true;
    }

    void work(boolean now) {
        works = now;
        waits = !now;
        move(1);
    }

    /** The main thread sleeps somewhere that is not the read of its input, e.g. in a wait for a child. */
    void sleepElsewhere() {
        waits = false;
    }

    void freeze(boolean now) {
        frozen = now;
    }

    /** Reads a command, and answers it. */
    void serve() {
        move(7);
        bytesRead += 6;
    }

    void hideBytes() {
        bytesRead = Activity.NOT_TOLD;
    }

    void move(int switches) {
        mainSwitches += switches;
    }

    void others(double switchesPerSecond, double ticksPerSecond) {
        otherSwitchesPerSecond = switchesPerSecond;
        otherTicksPerSecond = ticksPerSecond;
    }

    /** A thread other than the main one ends, and its counters with it. */
    void endOtherThread(long switches, long ticks) {
        otherSwitches -= switches;
        otherTicks -= ticks;
    }

    Activity now() {
        return readable
                ? new Activity(
                        true,
                        waits,
                        sleepOnly,
                        frozen,
                        false,
                        mainSwitches,
                        mainTicks,
                        (long) otherSwitches,
                        (long) otherTicks,
                        bytesRead)
                : Activity.UNREADABLE;
    }
}
