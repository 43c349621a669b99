package dev.hermesreaper.agent.record;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A program that reads the record of {@code s1} in a home: HOME, UID OF ITS OWNER, DIRECTORY FOR COPIES. */
final class RecordLook {

    private RecordLook() {}

    public static void main(String[] words) throws InterruptedException {
        RecordQuestion question =
                new RecordQuestion(Path.of(words[0]), Integer.parseInt(words[1]), Set.of("s1"), Asking.NOW);
        SessionRecord record = new SessionRecords(Path.of(words[2]))
                .read(question, pid -> Optional.empty(), Duration.ofSeconds(20))
                .get("s1");
        System.out.println("says " + record.row().flatMap(SessionRow::endReason).orElse("no row") + record.problems());
    }
}
