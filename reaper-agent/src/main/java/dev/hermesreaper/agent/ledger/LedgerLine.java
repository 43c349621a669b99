package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.Journal;
import dev.hermesreaper.agent.state.ObjectText;
import dev.hermesreaper.agent.state.SealedLine;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An {@link Entry} as one sealed line; members are added to it, never renamed. The seal tells a cut or changed line from
 * a sound one, where a changed digit would still be JSON.
 */
final class LedgerLine {

    static final int VERSION = 1;

    /** Characters of a session key that are written; no key that Hermes makes is longer than 30. */
    static final int LONGEST_KEY = 1000;

    private static final int MOST_DESCENDANTS = 50;

    private static final int LONGEST_OBJECT = Journal.LONGEST_LINE - 64;

    private LedgerLine() {}

    /** {@code entry} without a line end; never longer than a reader takes: grounds that do not fit are left out. */
    static String write(Entry entry) {
        String object = write(entry, entry.grounds());
        for (int grounds = entry.grounds().size(); object.length() > LONGEST_OBJECT && grounds > 0; ) {
            grounds--;
            object = write(entry, entry.grounds().subList(0, grounds));
        }
        return SealedLine.seal(object);
    }

    private static String write(Entry entry, List<Ground> grounds) {
        ProcessIdentity identity = entry.identity();
        ObjectText json = new ObjectText();
        json.name("v").value(VERSION);
        json.name("kind").value(entry.isIntent() ? "intent" : "outcome");
        json.name("at").value(entry.at().truncatedTo(ChronoUnit.MILLIS).toString());
        json.name("sweep").value(entry.sweepId());
        json.name("pid").value(identity.pid());
        json.name("startTicks").value(identity.startTicks());
        json.name("bootId").value(identity.bootId());
        json.name("session").value(PortableText.of(head(entry.sessionKey())));
        json.name("reason").value(entry.reason());
        if (entry.isIntent()) {
            Ground.write(json, grounds);
        } else {
            write(json, entry.ending().orElseThrow());
        }
        return json.end();
    }

    private static void write(ObjectText json, Ending ending) {
        json.name("outcome").value(ending.outcome());
        json.name("detail").value(ending.detail());
        json.name("signals").beginArray();
        for (String signal : ending.signals()) {
            json.value(signal);
        }
        json.endArray();
        json.name("tookMillis").value(ending.took().toMillis());
        MemoryUse memory = ending.memory();
        json.name("memoryRead").value(memory.readable());
        json.name("residentBytes").value(memory.residentBytes());
        json.name("swapBytes").value(memory.swapBytes());
        json.name("reclaimedBytes").value(ending.reclaimedBytes());
        json.name("descendantCount").value(ending.descendantCount());
        json.name("descendants").beginArray();
        for (Ending.Descendant below :
                ending.descendants().stream().limit(MOST_DESCENDANTS).toList()) {
            json.beginObject();
            json.name("pid").value(below.pid());
            json.name("startTicks").value(below.startTicks());
            json.name("outcome").value(below.outcome());
            json.endObject();
        }
        json.endArray();
    }

    /** The key as far as it is written, not cut within a character. */
    private static String head(String key) {
        if (key.length() <= LONGEST_KEY) {
            return key;
        }
        return key.substring(0, Character.isHighSurrogate(key.charAt(LONGEST_KEY - 1)) ? LONGEST_KEY - 1 : LONGEST_KEY);
    }
}
