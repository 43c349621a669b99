package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.state.ObjectText;
import java.util.List;

/**
 * One fact an act rested on, as it was written down: made printable then, and not again.
 *
 * @param key one of the field's words
 * @param value the fact
 * @param source where it was read
 */
public record Ground(String key, String value, String source) {

    /** Writes the member {@code evidence}, as every line has it. */
    public static void write(ObjectText json, List<Ground> grounds) {
        json.name("evidence").beginArray();
        for (Ground ground : grounds) {
            json.beginObject();
            json.name("key").value(ground.key());
            json.name("value").value(ground.value());
            json.name("source").value(ground.source());
            json.endObject();
        }
        json.endArray();
    }
}
