package dev.hermesreaper.agent.process;

/**
 * How many descriptors a process has open, against its own limits ({@code RLIMIT_NOFILE}).
 *
 * @param readable false where they could not be read: all figures are then 0 and mean nothing
 * @param open descriptors open now
 * @param softLimit where the next open fails
 * @param hardLimit how far the process may raise the soft limit
 */
public record OpenFiles(boolean readable, long open, long softLimit, long hardLimit) {

    /** Could not be read. */
    public static final OpenFiles UNREADABLE = new OpenFiles(false, 0, 0, 0);

    /** Whether there is a soft limit that could be reached. */
    public boolean isLimited() {
        return readable && softLimit > 0 && softLimit < Long.MAX_VALUE;
    }
}
