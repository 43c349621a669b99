package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is rotated while its files are opened; each of them holds its serial number. */
class JournalReaderTest {

    private static final String NAME = "j";

    @TempDir
    private Path scratch;

    private final Map<Integer, Runnable> meanwhile = new ConcurrentHashMap<>();
    private StateDirectory directory;
    private int serial;

    @BeforeEach
    void open() {
        directory = StateDirectory.open(
                scratch.resolve("state"), SteppingHost.in(scratch).self());
    }

    /** The first half of a rotation: after it there is no newest file. */
    private void shift() {
        try {
            for (int number = serial; number > 0; number--) {
                Path from = directory.file(number == 1 ? NAME : NAME + "." + (number - 1));
                if (Files.exists(from)) {
                    Files.move(from, directory.file(NAME + "." + number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second half: a newest file. */
    private void begin() {
        try {
            Files.writeString(directory.file(NAME), ++serial + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Integer> read() {
        List<Integer> serials = new ArrayList<>();
        IntConsumer happens = number -> {
            Runnable what = meanwhile.remove(number);
            if (what != null) {
                what.run();
            }
        };
        JournalReader.Read read = new JournalReader(directory, NAME) {
            @Override
            void looksFor(int number) {
                happens.accept(number);
            }
        }.read(new JournalReader.Lines() {
            @Override
            public void line(String bytes) {
                serials.add(Integer.valueOf(bytes));
            }

            @Override
            public void broken() {
                throw new AssertionError("a broken line");
            }
        });
        assertThat(read.problems()).isEmpty();
        return serials;
    }

    private void rotate() {
        shift();
        begin();
    }

    @Test
    void readsTheOldestFirst() {
        begin();
        rotate();
        rotate();

        assertThat(read()).containsExactly(1, 2, 3);
    }

    @Test
    void readsWhatAKilledWriterLeftInTheMiddleOfARotation() {
        begin();
        rotate();
        shift();

        assertThat(read()).containsExactly(1, 2);
    }

    @Test
    void missesNoneThatIsRotatedOnce() {
        begin();
        rotate();
        meanwhile.put(1, this::rotate);

        assertThat(read()).containsSequence(1, 2).isSorted();
    }

    @Test
    void readsThemInTheirOrderThoughTheyAreRotatedTwice() {
        begin();
        rotate();
        meanwhile.put(1, () -> {
            rotate();
            rotate();
        });

        assertThat(read()).containsExactly(1, 2, 3, 4);
    }

    /** In the middle of a rotation when it begins, and of another one when it has opened them all. */
    @Test
    void takesTheMiddleOfOneRotationForNoOther() {
        begin();
        rotate();
        shift();
        meanwhile.put(0, this::begin);
        meanwhile.put(1, () -> {
            rotate();
            rotate();
        });
        meanwhile.put(9, this::shift);

        assertThat(read()).containsExactly(1, 2, 3, 4, 5);
    }
}
