package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals reach whom they are meant for, and nobody else. Real processes, each case in a pid namespace of its own. */
@EnabledOnOs(OS.LINUX)
class SignalIT {

    @TempDir
    private Path scratch;

    @BeforeEach
    void needsAPidNamespace() {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
    }

    @Test
    void doesNotKillOneThatANewGatewayHasTakenOverSinceSigterm() throws Exception {
        PidNamespace.Ended ended = play("Adopted");

        assertThat(ended.line("orphan")).as(ended.toString()).isEqualTo("spared [TERM] alive [TERM]");
        assertThat(ended.line("orphan-detail")).isEqualTo("now keep owned: no reap reason applies");
    }

    @Test
    void doesNotKillOneThatTheOperatorHasProtectedSinceSigterm() throws Exception {
        PidNamespace.Ended ended = play("Protected");

        assertThat(ended.line("orphan")).as(ended.toString()).isEqualTo("spared [TERM] alive [TERM]");
        assertThat(ended.line("detail")).contains("protected");
    }

    @Test
    void endsTheLeakedOneOfAProcessGroupThatADashboardAndItsWorkersAreIn() throws Exception {
        PidNamespace.Ended ended = play("OneGroup");

        assertThat(ended.line("groups")).as("groups and sessions").isEqualTo("1");
        assertThat(ended.line("orphan")).as(ended.toString()).startsWith("killed [TERM, KILL] ");
        assertThat(ended.all("used")).hasSize(3).allMatch(it -> it.endsWith(" alive []"));
    }

    @Test
    void sparesTheWorkerFromWhoseTerminalItWasStartedAndEndsTheOthers() throws Exception {
        PidNamespace.Ended ended = play("FromATerminal");

        assertThat(ended.line("mine")).as(ended.toString()).isEqualTo("alive []");
        assertThat(ended.line("other")).isEqualTo("gone [TERM]");
        assertThat(ended.line("said"))
                .contains("\"outcome\": \"spared\"", "\"it is pid 1, the reaper itself, or an ancestor of it\"");
    }

    @Test
    void saysOnceWhomItMayNotSignalAndTriesLaterInsteadOfWithEveryPass() throws Exception {
        PidNamespace.Ended ended = PidNamespace.runBy(
                List.of("setpriv", "--bounding-set=-kill", "--inh-caps=-kill"), SignalCases.class, "NotPermitted");

        assertThat(ended.all("pass").get(0))
                .as(ended.toString())
                .contains("not-permitted the kernel refused TERM", "exited");
        assertThat(ended.all("pass").subList(1, 3))
                .allMatch(it -> it.contains("deferred not-permitted once so far, tried again in 1 min"));
        assertThat(ended.all("ledger")).containsExactly("4", "4", "4");
        assertThat(ended.line("theirs")).isEqualTo("alive []");
        assertThat(ended.line("ours")).isIn("gone", "zombie");
    }

    @Test
    void tellsEachOnceAlthoughThreeCommandsAreStartedTogether() throws Exception {
        PidNamespace.Ended ended = play("AtOnce");

        assertThat(ended.all("status")).as(ended.toString()).containsExactly("0", "0", "0");
        assertThat(ended.all("orphan")).hasSize(3).allMatch(it -> it.matches("(gone|zombie) \\[TERM]"));
        assertThat(ended.number("ledger"))
                .as("an intent and an outcome for each")
                .isEqualTo(6);
        assertThat(ended.number("lock")).as("a name left in the lock").isZero();
    }

    /** 38 is ENOSYS, as before Linux 5.3; 1 is EPERM, as in an old seccomp profile. */
    @ParameterizedTest
    @ValueSource(strings = {"38", "1"})
    void endsThemAlsoWithoutPidfdsAndSaysSo(String errno) throws Exception {
        PidNamespace.Ended ended = withoutPidfds(errno, "recheck");

        assertThat(ended.line("plain")).as(ended.toString()).startsWith("exited [TERM] ");
        assertThat(ended.line("deaf")).startsWith("killed [TERM, KILL] ");
        assertThat(ended.line("limitations")).startsWith("[no pidfds (");
    }

    @Test
    void signalsNobodyWithoutPidfdsIfToldToRefuse() throws Exception {
        PidNamespace.Ended ended = withoutPidfds("38", "refuse");

        assertThat(ended.line("plain")).as(ended.toString()).isEqualTo("deferred [] alive []");
        assertThat(ended.line("deaf")).isEqualTo("deferred [] alive []");
        assertThat(ended.line("deaf-detail")).isEqualTo("no pidfd here, and without_pidfd = refuse");
        assertThat(ended.line("limitations")).startsWith("[no pidfds (");
    }

    private static PidNamespace.Ended play(String name) throws IOException, InterruptedException {
        PidNamespace.Ended ended = PidNamespace.run(SignalCases.class, name);
        assertThat(ended.status()).as(ended.toString()).isZero();
        return ended;
    }

    private PidNamespace.Ended withoutPidfds(String errno, String what) throws IOException, InterruptedException {
        Path launcher = scratch.resolve("without_pidfds.py");
        try (var source = SignalIT.class.getResourceAsStream("without_pidfds.py")) {
            Files.write(launcher, source.readAllBytes());
        }
        List<String> command =
                new ArrayList<>(List.of("env", "WITHOUT_PIDFD=" + what, "python3", launcher.toString(), errno));
        return PidNamespace.runBy(command, SignalCases.class, "WithoutPidfds");
    }
}
