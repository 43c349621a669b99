package dev.hermesreaper.agent.cli;

/** What a command's exit status says; the same for every command. */
enum ExitCode {
    /** Done; nothing is wrong. */
    DONE(0),
    /** A leak was found ({@code --fail-on-leak}) or could not be ended. */
    LEAK(1),
    /** The words of the command line make no sense. */
    USAGE(2),
    /** The configuration cannot be used. */
    CONFIG(3),
    /** This machine, or the process asked for, could not be observed. */
    BLIND(4),
    /** Another pass held the lock. */
    LOCKED(5),
    /** A defect in this program. */
    DEFECT(70),
    /** Interrupted. */
    INTERRUPTED(130);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
