package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.ObjectLine;
import dev.hermesreaper.agent.state.SealedLine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what {@link LedgerLine} writes. What is not exactly that is damage, or of a newer version; neither is guessed at. */
final class LineReader {

    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    /** What a line turned out to be. */
    enum Kind {
        ENTRY,
        DAMAGED,
        NEWER
    }

    /**
     * One line, read.
     *
     * @param entry where it is one
     */
    record Line(Kind kind, Optional<Entry> entry) {
        private static final Line DAMAGED = new Line(Kind.DAMAGED, Optional.empty());
        private static final Line NEWER = new Line(Kind.NEWER, Optional.empty());
    }

    private LineReader() {}

    static Line read(String line) {
        return switch (SealedLine.judge(line, LedgerLine.VERSION)) {
            case DAMAGED -> Line.DAMAGED;
            case NEWER -> Line.NEWER;
            case SOUND -> sound(line);
        };
    }

    private static Line sound(String line) {
        try {
            return new Line(Kind.ENTRY, Optional.of(entry(ObjectLine.read(line))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Line.DAMAGED;
        }
    }

    private static Entry entry(ObjectLine line) {
        boolean intent =
                switch (word(line, "kind")) {
                    case "intent" -> true;
                    case "outcome" -> false;
                    default -> throw new IllegalArgumentException("kind");
                };
        return new Entry(
                at(line),
                word(line, "sweep"),
                new ProcessIdentity(word(line, "bootId"), line.count("pid"), line.number("startTicks")),
                PortableText.toRaw(line.text("session")),
                word(line, "reason"),
                intent ? grounds(line) : List.of(),
                intent ? Optional.empty() : Optional.of(ending(line)));
    }

    /** Within what can be shown as a date in every zone. */
    private static Instant at(ObjectLine line) {
        Instant at = Instant.parse(word(line, "at"));
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("at");
        }
        return at;
    }

    private static Ending ending(ObjectLine line) {
        return new Ending(
                word(line, "outcome"),
                word(line, "detail"),
                line.texts("signals").stream().map(LineReader::harmless).toList(),
                Duration.ofMillis(line.number("tookMillis")),
                new MemoryUse(line.flag("memoryRead"), line.number("residentBytes"), line.number("swapBytes")),
                line.objects("descendants").stream()
                        .map(it -> new Ending.Descendant(it.count("pid"), it.number("startTicks"), word(it, "outcome")))
                        .toList(),
                line.count("descendantCount"));
    }

    private static List<Ground> grounds(ObjectLine line) {
        return line.objects("evidence").stream()
                .map(it -> new Ground(word(it, "key"), word(it, "value"), word(it, "source")))
                .toList();
    }

    /** A text that was printable when it was written. */
    private static String word(ObjectLine line, String name) {
        return harmless(line.text(name));
    }

    private static String harmless(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a control character");
        }
        return text;
    }
}
