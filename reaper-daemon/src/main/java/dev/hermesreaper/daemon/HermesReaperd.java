package dev.hermesreaper.daemon;

/** Entry point; does nothing yet. */
public final class HermesReaperd {
    private HermesReaperd() {}

    public static void main(String[] args) {}
}
