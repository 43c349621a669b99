package dev.hermesreaper.agent.report;

/** How a piece of text stands out where colour is asked for. It says nothing that the words do not say. */
enum Style {
    PLAIN(""),
    TITLE("1"),
    LEAK("1;31"),
    FINE("32"),
    DOUBT("33"),
    FAINT("2");

    private final String parameters;

    Style(String parameters) {
        this.parameters = parameters;
    }

    /** {@code text} between the escape sequences of this style. */
    String paint(String text) {
        return parameters.isEmpty() || text.isEmpty() ? text : "\u001b[" + parameters + "m" + text + "\u001b[0m";
    }
}
