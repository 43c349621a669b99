package dev.hermesreaper.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be ended is tried again later, and later still. */
class SetbacksTest {

    @TempDir
    private Path scratch;

    private Book book;

    @BeforeEach
    void open() throws InterruptedException {
        book = new Book(scratch.resolve("state"));
    }

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void isTriedAgainAfterAMinuteThenTwiceAsLateAndOnceAnHourInTheEnd() {
        List<Long> waits = new ArrayList<>();
        for (int pass = 0; pass < 9; pass++) {
            record(9000, Outcome.SURVIVED);
            long minutes = 0;
            while (putsOff(9000).isPresent()) {
                book.uptime = book.uptime.plusMinutes(1);
                minutes++;
            }
            waits.add(minutes);
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void saysWhyAndHowLong() {
        record(9000, Outcome.NOT_PERMITTED);
        assertThat(putsOff(9000)).contains("not-permitted once so far, tried again in 1 min");

        book.uptime = book.uptime.plusMinutes(1);
        record(9000, Outcome.SURVIVED);
        assertThat(putsOff(9000)).contains("survived 2 times so far, tried again in 2 min");
        assertThat(putsOff(9001)).isEmpty();
    }

    @Test
    void isForgottenOnceTheProcessIsGoneOrSpared() {
        for (Outcome end : List.of(Outcome.KILLED, Outcome.ALREADY_GONE, Outcome.SPARED)) {
            record(9000, Outcome.SURVIVED);
            record(9000, end);
            assertThat(putsOff(9000)).isEmpty();
        }
    }

    @Test
    void meansThisProcessAndNoneThatGetsItsPidLater() {
        record(9000, Outcome.SURVIVED);

        assertThat(book.ledger("other").putsOff(new ProcessIdentity(Book.OTHER_BOOT, 9000, 16_000)))
                .isEmpty();
        assertThat(book.ledger("other").putsOff(new ProcessIdentity(Book.BOOT, 9000, 16_001)))
                .isEmpty();
    }

    @Test
    void believesNoDamagedLineAndNoFuture() throws Exception {
        record(9000, Outcome.SURVIVED);
        Path file = scratch.resolve("state/setbacks");
        String sound = Files.readString(file);
        Files.writeString(file, sound.replace(" survived", " sirvived"));
        assertThat(putsOff(9000)).isEmpty();

        Files.writeString(file, sound.substring(0, sound.length() - 3));
        assertThat(putsOff(9000)).isEmpty();

        Files.writeString(file, sound);
        book.uptime = book.uptime.minusSeconds(30);
        assertThat(putsOff(9000)).isEmpty();
    }

    @Test
    void doesNotGrowForEver() throws Exception {
        LedgerFile ledger = book.ledger("7f3a");
        for (int i = 0; i < 12_000; i++) {
            ledger.records(Book.reaping(Book.verdict(9000 + i % 100), Outcome.SURVIVED));
        }

        assertThat(Files.size(scratch.resolve("state/setbacks"))).isLessThan(1 << 18);
        assertThat(scratch.resolve("state/setbacks.2")).doesNotExist();
        assertThat(putsOff(9099)).isPresent();
    }

    private void record(int pid, Outcome outcome) {
        book.ledger("7f3a").records(Book.reaping(Book.verdict(pid), outcome));
    }

    /** As the next pass is told, which has its memory from the disk. */
    private Optional<String> putsOff(int pid) {
        return book.ledger("next").putsOff(Book.verdict(pid).identity());
    }
}
