package dev.hermesreaper.agent.host;

/** How sending a signal went. */
public enum SignalResult {
    /** The kernel took it. */
    SENT,
    /** There is no such process any more ({@code ESRCH}), or the pid belongs to another one. */
    GONE,
    /** Not ours to signal ({@code EPERM}). */
    NOT_PERMITTED
}
