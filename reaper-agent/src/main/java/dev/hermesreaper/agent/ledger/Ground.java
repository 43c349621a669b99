package dev.hermesreaper.agent.ledger;

/**
 * One fact an act rested on, as it was written down: made printable then, and not again.
 *
 * @param key one of the field's words
 * @param value the fact
 * @param source where it was read
 */
public record Ground(String key, String value, String source) {}
