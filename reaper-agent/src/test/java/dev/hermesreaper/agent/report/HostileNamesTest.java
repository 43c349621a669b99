package dev.hermesreaper.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.RawText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session key is chosen by whoever starts a worker: it must not forge a line, an escape sequence or a field. */
class HostileNamesTest {

    private static final int PID = 9000;

    static Stream<String> keys() {
        byte[] invalid = "a\u0000b".getBytes(StandardCharsets.UTF_8);
        invalid[1] = (byte) 0xff;
        return Stream.of(
                "a\nvm-hermes   HEALTHY",
                "a\"],\"totals\":{\"leaked\":0}",
                "a\u001b[2J\u001b]0;owned\u0007",
                "a\u009b31mb",
                "a\u202eesrever\u2066",
                "a\u2028b\u0085c\rd\te\u007f",
                "</script><!--&",
                "\\x1b[31m",
                RawText.decode(invalid, 0, invalid.length));
    }

    private static Machine machine(String key) {
        Machine machine = new Machine();
        var dashboard = machine.dashboard(8123, 1);
        machine.worker(PID, key, dashboard, Duration.ofDays(1));
        machine.worker(PID + 1, key, dashboard, Duration.ofHours(20));
        return machine;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void areInertInText(String key) {
        Judgement judgement = machine(key).judgement();
        LeakReport report = machine(key).report();
        var victim = judgement.look().table().find(PID).orElseThrow();

        for (String text : List.of(
                ReportText.render(report, Layout.of(120), true),
                SweepText.render(Sweeps.ended(judgement), List.of(), Layout.of(120)),
                ExplainText.render(Explanation.of(report, victim), Layout.of(120)))) {
            assertThat(text.codePoints()).allMatch(point -> point == '\n' || isHarmless(point));
            assertThat(text.lines()).noneMatch(line -> line.startsWith("vm-hermes   HEALTHY"));
            assertThat(text).contains(RawText.printable(key));
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void areInertAndExactInJson(String key) {
        Judgement judgement = machine(key).judgement();
        LeakReport report = machine(key).report();
        var victim = judgement.look().table().find(PID).orElseThrow();

        String json = ReportJson.render(report);
        assertThat(json).matches("[\n -~]*");
        JsonObject read = new Gson().fromJson(json, JsonObject.class);
        assertThat(read.getAsJsonObject("totals").get("leaked").getAsInt()).isEqualTo(1);
        assertThat(read.getAsJsonArray("workers")
                        .get(0)
                        .getAsJsonObject()
                        .get("sessionKey")
                        .getAsString())
                .isEqualTo(JsonText.lossless(key));
        assertThat(SweepJson.render(Sweeps.ended(judgement), List.of())).matches("[\n -~]*");
        assertThat(ExplainJson.render(Explanation.of(report, victim))).matches("[\n -~]*");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void areJudgedLikeAnyOther(String key) {
        assertThat(machine(key).judgement().verdicts().stream().filter(Verdict::isReap))
                .hasSize(1);
    }

    private static boolean isHarmless(int point) {
        return point >= ' '
                && point != 0x7f
                && !(point >= 0x80 && point < 0xa0)
                && Character.getType(point) != Character.FORMAT
                && Character.getType(point) != Character.LINE_SEPARATOR
                && Character.getType(point) != Character.SURROGATE;
    }
}
