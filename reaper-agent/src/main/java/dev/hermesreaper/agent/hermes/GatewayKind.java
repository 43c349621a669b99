package dev.hermesreaper.agent.hermes;

/** The processes of Hermes Agent that can own slash workers. */
public enum GatewayKind {
    /** {@code hermes dashboard}: sessions live in the dashboard itself, workers are its direct children. */
    DASHBOARD("dashboard"),
    /** {@code hermes serve}: the desktop's backend. */
    SERVE("serve"),
    /** {@code -m tui_gateway.entry}: a stdio gateway under a terminal's or dashboard's node TUI. */
    ENTRY("entry"),
    /** {@code -m tui_gateway.compute_host}: turns in a process of their own. */
    COMPUTE_HOST("compute-host"),
    /** {@code hermes --tui}: stays above node as long as the terminal is open. */
    TUI("tui"),
    /** {@code hermes gateway run}: Telegram, Slack and the like. */
    MESSAGING("messaging"),
    /** A process titled only {@code hermes}: it renamed itself, so any of the above. */
    UNKNOWN("unknown");

    private final String word;

    GatewayKind(String word) {
        this.word = word;
    }

    /** The word used in reports and JSON. */
    public String word() {
        return word;
    }
}
