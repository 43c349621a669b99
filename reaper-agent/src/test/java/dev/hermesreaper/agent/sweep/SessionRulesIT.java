package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Reason;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers of live dashboards, and what real databases say of their sessions, in real passes. All of them are there at once,
 * because an end has to be later than a worker's start and then some seconds old: two passes judge them all.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionRulesIT {

    /** An end is surely later than a worker if it is two seconds later. */
    private static final String LATER = "now(2.3)";

    private static final Duration UNTIL_DUE = Duration.ofSeconds(4);

    private final Map<String, StagedProcess> workers = new HashMap<>();
    private final Map<String, RecordedHome> homes = new HashMap<>();
    private final Map<String, Map<String, String>> before = new HashMap<>();
    private Arena arena;
    private StagedGateway attended;
    private StagedGateway deserted;
    private SweepResult result;

    @BeforeAll
    void stageThemAllAndSweepTwice(@TempDir Path directory) throws IOException, InterruptedException {
        arena = new Arena()
                .set("JUDGE_SESSION_GRACE", "1s")
                .set("JUDGE_ABANDONED_IDLE", "1s")
                .set("JUDGE_SURPLUS_IDLE", "1s")
                .set("JUDGE_SUPERSEDED_IDLE", "1h");
        attended = arena.stage().director().dashboard();
        deserted = arena.stage().director().dashboard();
        RecordedHome home = home(directory, "open").does("create()");
        RecordedHome rollback = home(directory, "rollback").does("create('delete')");
        recordAttended(home);
        recordDeserted(home);
        home.does(
                "claim({%r: %d, %r: %d, %r: %d})".replace("%r", "'%s'"),
                arena.key("claimed"),
                attended.pid(),
                arena.key("deserted-claimed"),
                deserted.pid(),
                arena.key("claimed-by-the-dead"),
                4_000_000);
        worker(attended, rollback, "rollback");
        rollback.does("session('%s', %s, 'tui_close')", arena.key("rollback"), LATER);
        unreadable(directory);
        arena.stage().attach(attended, workers.size() + 1);
        StagedGateway crowded = arena.stage().director().dashboard();
        for (String name : new String[] {"surplus", "surplus-too", "surplus-newest"}) {
            worker(crowded, home, name);
        }
        arena.stage().attach(crowded, 1);

        for (Map.Entry<String, RecordedHome> it : homes.entrySet()) {
            before.put(it.getKey(), it.getValue().portrait());
        }
        arena.sweep();
        assertThat(workers.get("open").awaitGone(UNTIL_DUE)).isFalse();
        result = arena.sweep();
    }

    private void recordAttended(RecordedHome home) {
        ended(home, "closed", LATER, "tui_close");
        ended(home, "used-later", LATER, "tui_close").does("message('%s', now(2.5))", arena.key("used-later"));
        ended(home, "claimed", LATER, "tui_close");
        ended(home, "claimed-by-the-dead", LATER, "tui_close");
        ended(home, "ended-before", "now(-60)", "tui_close");
        ended(home, "automatic", LATER, "ws_disconnect");
        ended(home, "branched", LATER, "branched");
        worker(attended, home, "no-row");
        worker(attended, home, "open");
        home.does("session('%s')", arena.key("open"));
        compressed(home, "compressed-open", "None", "None");
        compressed(home, "compressed-closed", LATER, "'tui_close'");
    }

    private void recordDeserted(RecordedHome home) {
        worker(deserted, home, "deserted");
        worker(deserted, home, "deserted-used");
        home.does("session('%s')", arena.key("deserted-used"))
                .does("message('%s', now(3))", arena.key("deserted-used"));
        worker(deserted, home, "deserted-claimed");
        worker(deserted, home, "deserted-automatic");
        home.does("session('%s', %s, 'ws_disconnect')", arena.key("deserted-automatic"), LATER);
    }

    private void unreadable(Path directory) throws IOException {
        RecordedHome corrupt = home(directory, "corrupt").does("create()").does("db.close()");
        corrupt.does("f = open(path, 'r+b'); f.write(b'nonsense' * 4000); f.close()");
        home(directory, "fifo").does("os.mkfifo(path)");
        home(directory, "huge").does("create()").does("db.close(); os.truncate(path, 1 << 40)");
        home(directory, "locked")
                .does("create('delete')")
                .does("db.execute('PRAGMA cache_size=1'); db.execute('BEGIN EXCLUSIVE')")
                .does("[message('x' * 3000, i) for i in range(2000)]");
        for (String name : new String[] {"corrupt", "fifo", "huge", "locked"}) {
            worker(deserted, homes.get(name), name);
        }
        assertThat(homes.get("locked").path().resolve("state.db-journal")).isNotEmptyFile();
    }

    private RecordedHome home(Path directory, String name) throws IOException {
        RecordedHome home = new RecordedHome(Files.createDirectory(directory.resolve(name)));
        homes.put(name, home);
        return home;
    }

    private RecordedHome ended(RecordedHome home, String name, String end, String reason) {
        worker(attended, home, name);
        return home.does("session('%s', %s, '%s')", arena.key(name), end, reason);
    }

    private void compressed(RecordedHome home, String name, String end, String reason) {
        worker(attended, home, name);
        home.does("end = now(2.2); session('%s', end, 'compression')", arena.key(name))
                .does("session('%s-2', %s, %s, '%s', end)", arena.key(name), end, reason, arena.key(name));
    }

    private void worker(StagedGateway gateway, RecordedHome home, String name) {
        workers.put(
                name,
                gateway.worker(
                        arena.key(name),
                        arena.part().env("HERMES_HOME", home.path().toString())));
    }

    @AfterAll
    void close() {
        homes.values().forEach(RecordedHome::close);
        arena.close();
    }

    @Test
    void endsAWorkerWhoseUserClosedItsSession() {
        assertEnded("closed", Reason.SESSION_ENDED);
        assertEnded("rollback", Reason.SESSION_ENDED);
    }

    @Test
    void followsACompressionToTheEndOfWhatTheSessionBecame() {
        assertEnded("compressed-closed", Reason.SESSION_ENDED);
        assertKept("compressed-open", Reason.OWNED);
    }

    @Test
    void takesBackNothingThatHermesEndedItselfWhileAClientIsAttached() {
        assertKept("automatic", Reason.OWNED);
        assertEnded("deserted-automatic", Reason.SESSION_ENDED);
    }

    @Test
    void keepsWhatIsOnRecordAsUsedAfterItsEnd() {
        assertKept("used-later", Reason.OWNED);
    }

    @Test
    void keepsWhatALiveGatewayClaimsAndNotWhatADeadOneDid() {
        assertKept("claimed", Reason.OWNED);
        assertKept("deserted-claimed", Reason.OWNED);
        assertEnded("claimed-by-the-dead", Reason.SESSION_ENDED);
    }

    @Test
    void keepsWhatWasEndedBeforeItsWorkerStarted() {
        assertKept("ended-before", Reason.OWNED);
    }

    @Test
    void keepsWhatIsOpenOrHasNoRowOrWasEndedByNoEndOfItsUsers() {
        assertKept("open", Reason.OWNED);
        assertKept("no-row", Reason.OWNED);
        assertKept("branched", Reason.OWNED);
    }

    @Test
    void endsTheWorkerOfADashboardNobodyIsAttachedTo() {
        assertEnded("deserted", Reason.ABANDONED);
    }

    @Test
    void keepsTheWorkerOfADesertedDashboardWhoseSessionWasUsed() {
        assertKept("deserted-used", Reason.OWNED);
    }

    @Test
    void keepsWhoseDatabaseCannotBeReadAndTakesNoLongerForIt() {
        for (String name : new String[] {"corrupt", "fifo", "huge", "locked"}) {
            assertKept(name, Reason.UNKNOWN);
        }
        assertThat(result.took()).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void showsTheWorkersThatADashboardHasBeyondItsClients() {
        for (String name : new String[] {"surplus", "surplus-too"}) {
            Verdict verdict = Arena.verdict(result, workers.get(name));
            assertThat(verdict.decision()).as(verdict.toString()).isEqualTo(Decision.REPORT);
            assertThat(verdict.reason()).isEqualTo(Reason.SURPLUS);
            assertThat(arena.isUntouched(workers.get(name))).isTrue();
        }
        assertKept("surplus-newest", Reason.OWNED);
    }

    @Test
    void leavesEveryHomeAsItWas() throws IOException {
        for (Map.Entry<String, RecordedHome> it : homes.entrySet()) {
            assertThat(it.getValue().portrait()).isEqualTo(before.get(it.getKey()));
        }
    }

    private void assertEnded(String name, Reason why) {
        Verdict verdict = Arena.verdict(result, workers.get(name));
        assertThat(verdict.reason()).as(verdict.toString()).isEqualTo(why);
        assertThat(Arena.outcome(result, workers.get(name)))
                .as(Arena.story(result))
                .contains(Outcome.EXITED);
    }

    private void assertKept(String name, Reason why) {
        Verdict verdict = Arena.verdict(result, workers.get(name));
        assertThat(verdict.decision()).as(verdict.toString()).isEqualTo(Decision.KEEP);
        assertThat(verdict.reason()).as(verdict.toString()).isEqualTo(why);
        assertThat(arena.isUntouched(workers.get(name))).isTrue();
    }
}
