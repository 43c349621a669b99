package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on the incident #21467 has the reporter's numbers. */
class IncidentHistoryTest {

    private static final Instant BEFORE = Instant.parse("2026-05-07T14:30:00Z");

    @TempDir
    private Path scratch;

    private Machine last = new Machine();
    private Past past = Past.NONE;

    @BeforeEach
    void play() throws InterruptedException {
        IncidentHistory incident = new IncidentHistory(scratch.resolve("state"));
        incident.play();
        last = IncidentHistory.afterwards(8);
        past = incident.past(last, BEFORE);
    }

    @Test
    void tellsThe128WorkersOfFiveSessions() {
        String text = ReportText.render(Machine.incident().report(), Layout.of(120), false);

        assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("20260505_104123_c8063a 62 "))
                .anyMatch(line -> line.startsWith("20260506_072606_f58b62 30 "))
                .anyMatch(line -> line.startsWith("20260506_082737_2a52e2 29 "))
                .anyMatch(line -> line.startsWith("20260506_114839_5a88dd 4 "))
                .anyMatch(line -> line.startsWith("20260505_163042_6b92fb 3 "))
                .anyMatch(line -> line.contains(" of 128 slash workers"));
    }

    @Test
    void tellsThe46ThatCameBackInFourHours() {
        String text = ReportText.render(last.report(), past, Layout.of(150), false);

        assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.contains(" of 46 slash workers"))
                .anyMatch(line -> line.startsWith("20260506_082737_2a52e2 15 "))
                .anyMatch(line -> line.startsWith("20260506_072606_f58b62 14 "))
                .anyMatch(line -> line.startsWith("20260505_104123_c8063a 14 "))
                .anyMatch(line -> line.startsWith("20260507_142806_ea1f49 1 "))
                .anyMatch(line -> line.startsWith("workers 128 → 19 → 46, 6.8 more an hour; 109 gone at once"))
                .anyMatch(line ->
                        line.endsWith(": 128 → 19 workers, 0 ended by passes; available 187.0 MiB → 4.4 GiB, swap"
                                + " used 3.9 GiB → 81.0 MiB"))
                .anyMatch(line -> line.startsWith("leaked 6.8 an hour: 27 in 4h"))
                .anyMatch(line -> line.startsWith("memory full in 3h "))
                .anyMatch(line -> line.startsWith("swap does not grow"));
    }

    @Test
    void tellsTheSameToPrograms() {
        JsonObject history = new Gson()
                .fromJson(ReportJson.render(last.report(), past), JsonObject.class)
                .getAsJsonObject("history");

        JsonObject workers = history.getAsJsonObject("workers");
        assertThat(workers.get("perHour").getAsDouble()).isEqualTo(6.75);
        assertThat(workers.get("spanSeconds").getAsLong()).isEqualTo(4 * 3600);
        assertThat(workers.get("vanished").getAsInt()).isEqualTo(109);
        assertThat(workers.get("last").getAsInt()).isEqualTo(46);
        JsonObject relief = history.getAsJsonArray("reliefs").get(0).getAsJsonObject();
        assertThat(relief.get("workersBefore").getAsInt()).isEqualTo(128);
        assertThat(relief.get("workersAfter").getAsInt()).isEqualTo(19);
        assertThat(relief.get("availableBytesBefore").getAsLong()).isEqualTo(187L << 20);
        assertThat(relief.get("swapUsedBytesAfter").getAsLong()).isEqualTo(81L << 20);
        JsonObject memory = history.getAsJsonArray("forecasts").get(0).getAsJsonObject();
        assertThat(memory.get("outlook").getAsString()).isEqualTo("fills-up");
        assertThat(memory.get("samples").getAsInt()).isEqualTo(9);
        assertThat(memory.get("spanSeconds").getAsLong()).isEqualTo(4 * 3600);
        assertThat(memory.get("fullAt").getAsString()).startsWith("2026-05-07T2");
    }

    @Test
    void fitsNarrowScreens() {
        for (int columns : List.of(60, 80, 120)) {
            assertThat(ReportText.render(last.report(), past, Layout.of(columns), true)
                            .lines())
                    .allMatch(line -> Cells.width(line) <= columns);
        }
    }

    @Test
    void saysThatThereAreNoSamplesYet() {
        Past none = new IncidentHistory(scratch.resolve("empty")).past(last, BEFORE);

        assertThat(ReportText.render(last.report(), none, Layout.of(120), false))
                .contains("NO SAMPLES")
                .doesNotContain("FORECAST", "LEAK RATE");
        JsonObject history = new Gson()
                .fromJson(ReportJson.render(last.report(), none), JsonObject.class)
                .getAsJsonObject("history");
        assertThat(history.getAsJsonObject("leaked").get("perHour").isJsonNull())
                .isTrue();
        assertThat(history.getAsJsonArray("forecasts"))
                .isNotEmpty()
                .allMatch(
                        it -> it.getAsJsonObject().get("outlook").getAsString().equals("too-little-data"));
    }
}
