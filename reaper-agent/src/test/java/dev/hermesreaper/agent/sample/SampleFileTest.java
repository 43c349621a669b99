package dev.hermesreaper.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.ProbeHost;
import dev.hermesreaper.agent.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFileTest {

    @TempDir
    private Path scratch;

    private final ProbeHost host = new ProbeHost();
    private Path path = Path.of("");
    private Optional<PassLock> lock = Optional.empty();

    @BeforeEach
    void open() throws InterruptedException {
        path = scratch.resolve("state");
        lock = PassLock.acquire(directory(), Duration.ZERO, host).lock();
    }

    @AfterEach
    void close() {
        lock.ifPresent(PassLock::close);
    }

    private StateDirectory directory() {
        return StateDirectory.open(path, host.self());
    }

    private void keep(Sample sample) {
        assertThat(new SampleFile(directory(), lock.orElseThrow()).keep(sample, Optional.empty()))
                .isEmpty();
    }

    private Samples read() {
        return Samples.in(path, host.self(), Instant.MIN);
    }

    @Test
    void readsBackWhatItKept() {
        Sample sample = new Series().at(0, 128, 123).last();

        keep(sample);

        assertThat(read().all()).containsExactly(sample);
        assertThat(read().problems()).isEmpty();
    }

    @Test
    void keepsOneAMinute() {
        Series series = new Series();
        for (int second = 0; second < 600; second += 30) {
            series.at(second / 60.0, 9, 8);
        }

        series.all().forEach(this::keep);

        assertThat(read().all()).hasSize(10);
    }

    @Test
    void alwaysKeepsWhatWasEndedAndCountsItOn() {
        Series series = new Series().at(0, 128, 123).at(0.5, 128, 123);
        keep(series.all().get(0));
        Sample seen = series.all().get(1);
        Sample left = new Series().ended(109).at(0.5, 19, 14).last();

        new SampleFile(directory(), lock.orElseThrow()).keep(seen, Optional.of(left));
        keep(new Series().at(2, 20, 15).last());

        assertThat(read().all()).extracting(Sample::workers).containsExactly(128, 128, 19, 20);
        assertThat(read().all()).extracting(Sample::ended).containsExactly(0L, 0L, 109L, 109L);
        assertThat(read().all().get(3).gateways())
                .extracting(GatewaySample::ended)
                .containsExactly(109L);
    }

    @Test
    void staysBoundedAndReachesAMonthBack() throws IOException {
        Series series = new Series();
        for (int minute = 0; minute < 31 * 24 * 60; minute += 5) {
            series.at(minute, 9, 8);
        }

        series.all().forEach(this::keep);
        List<Sample> kept = read().all();

        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(bytes).isLessThan(3L << 20);
        assertThat(kept).hasSizeBetween(1500, 4000);
        assertThat(kept.get(0)).isEqualTo(series.all().get(0));
        assertThat(kept.get(kept.size() - 1)).isEqualTo(series.last());
        assertThat(kept).extracting(Sample::at).isSorted();
    }

    @Test
    void leavesOutWhatIsDamagedOrNewerAndSaysHowMuch() throws IOException {
        keep(new Series().at(0, 9, 8).last());
        keep(new Series().at(10, 10, 9).last());
        Path fine = path.resolve(SampleFile.FINE);
        String text = Files.readString(fine, StandardCharsets.US_ASCII);
        String newer = dev.hermesreaper.agent.state.SealedLine.seal("{\"v\":7,\"what\":1}");
        Files.writeString(fine, text.replace("\"reap\":8", "\"reap\":7") + newer + "\nno line of ours\n{\"v\":1,");

        Samples samples = read();

        assertThat(samples.all()).extracting(Sample::workers).containsExactly(9, 10);
        assertThat(samples.damagedLines()).isEqualTo(3);
        assertThat(samples.newerLines()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAKilledWriter() throws IOException {
        keep(new Series().at(0, 9, 8).last());
        Files.writeString(path.resolve(SampleFile.FINE), "{\"v\":1,\"at\":\"20", StandardOpenOption.APPEND);

        keep(new Series().at(10, 10, 9).last());

        assertThat(read().all()).extracting(Sample::workers).containsExactly(9, 10);
        assertThat(read().damagedLines()).isEqualTo(1);
    }

    @Test
    void holdsAnyKeyHermesOrAStrangerMadeUp() {
        String hostile = "a\n\"</script>\u001b[2J\udcff\ud800" + "東".repeat(50);
        Sample sample = new Series().at(0, 2, 1).last();
        Sample strange = new Sample(
                sample.at(),
                sample.bootId(),
                sample.sinceBoot(),
                sample.verdicts(),
                0,
                1,
                1,
                sample.oldestLeaked(),
                sample.memory(),
                sample.host(),
                0,
                sample.gateways(),
                List.of(new SessionSample(hostile, 2, 1)));

        keep(strange);

        assertThat(read().damagedLines()).isZero();
        assertThat(read().all().get(0).largest().get(0).key()).startsWith("a\n\"</script>\u001b[2J\udcff");
    }

    @Test
    void isEmptyWhereNothingWasEverKept() {
        Samples samples = Samples.in(scratch.resolve("never"), host.self(), Instant.MIN);

        assertThat(samples.all()).isEmpty();
        assertThat(samples.damagedLines()).isZero();
    }

    @Test
    void refusesASymbolicLink() throws IOException {
        Files.createSymbolicLink(path.resolve(SampleFile.FINE), scratch.resolve("elsewhere"));

        Optional<String> problem = new SampleFile(directory(), lock.orElseThrow())
                .keep(new Series().at(0, 9, 8).last(), Optional.empty());

        assertThat(problem.orElse("")).contains("symbolic link");
        assertThat(scratch.resolve("elsewhere")).doesNotExist();
        assertThat(read().isUnreadable()).isTrue();
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (var all = Files.list(path)) {
            all.filter(file -> file.getFileName().toString().startsWith("samples"))
                    .forEach(found::add);
        }
        return found;
    }
}
