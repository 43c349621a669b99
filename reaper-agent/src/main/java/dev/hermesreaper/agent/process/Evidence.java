package dev.hermesreaper.agent.process;

/**
 * One fact behind a decision: what was seen, and where. Values are made printable on the way in, so that no process can
 * forge a line or an escape sequence through its own name.
 *
 * @param key one of the field's words, e.g. {@code owner}, {@code idle}, {@code clients}
 * @param value the fact, one line, at most 200 characters
 * @param source where it was read, e.g. {@code /proc/4711/stat}
 */
public record Evidence(String key, String value, String source) {

    public Evidence {
        value = RawText.printable(value);
        source = RawText.printable(source);
    }
}
