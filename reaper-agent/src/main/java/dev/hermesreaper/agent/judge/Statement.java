package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.process.Evidence;
import java.time.Duration;
import java.util.List;

/**
 * A fact in words that are put together where somebody reads them: every worker is judged in every pass, and of nearly all
 * nobody asks why. What it is made of never changes, so it says the same whenever that is.
 */
final class Statement {

    private final Object[] parts;

    private Statement(Object[] parts) {
        this.parts = parts;
    }

    /**
     * These one after another: durations as they are spoken, gateways by name, of an ownership what it rests on first, of a
     * list each after a semicolon, everything else by its {@code toString}.
     */
    static Statement of(Object... parts) {
        return new Statement(parts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            append(text, part);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Object part) {
        if (part instanceof Duration time) {
            text.append(DurationText.spoken(time));
        } else if (part instanceof Gateway gateway) {
            text.append(gateway.name());
        } else if (part instanceof Ownership ownership) {
            List<Evidence> evidence = ownership.evidence();
            text.append(
                    evidence.isEmpty()
                            ? "somebody answers for it"
                            : evidence.get(0).value());
        } else if (part instanceof List<?> several) {
            String between = "";
            for (Object one : several) {
                text.append(between);
                append(text, one);
                between = "; ";
            }
        } else {
            text.append(part);
        }
    }
}
