package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.hermes.Gateway;
import java.time.Duration;
import java.util.List;

/**
 * A fact in words that are put together where somebody reads them: every worker is judged in every pass, and of nearly all
 * nobody asks why.
 */
final class Words {

    private final Object[] parts;

    private Words(Object[] parts) {
        this.parts = parts;
    }

    /** These one after another: durations as they are spoken, gateways by name, of a list each after a semicolon. */
    static Words of(Object... parts) {
        return new Words(parts);
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
