package dev.hermesreaper.agent.host;

/**
 * How many clients are attached to a gateway. An upper bound: pooled keep-alive connections count too.
 *
 * @param countable false where it cannot be told, which never speaks against a worker
 * @param attached established connections to the gateway's listening sockets
 * @param why what was counted, or why it cannot be
 */
public record Clients(boolean countable, int attached, String why) {

    /** Nobody connects to what listens on no socket; whoever it serves, it serves some other way. */
    public static final Clients NO_LISTENER = counted(0, "it listens nowhere");

    /** Cannot be told, for the reason given. */
    public static Clients unknown(String why) {
        return new Clients(false, 0, why);
    }

    /** No more than {@code attached}. */
    public static Clients counted(int attached, String how) {
        return new Clients(true, attached, how);
    }
}
