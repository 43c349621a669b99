package dev.hermesreaper.agent.cli;

import java.util.function.Consumer;

/** Says on standard error, a line each, what is not as it should be. */
record Complaints(Terminal terminal) implements Consumer<String> {

    @Override
    public void accept(String problem) {
        terminal.err().println("hermes-reaper: " + problem);
    }
}
