package dev.hermesreaper.agent.cli;

/** Entry point; does nothing yet. */
public final class HermesReaper {
    private HermesReaper() {}

    public static void main(String[] args) {}
}
