package dev.hermesreaper.agent.host.oshi;

import static dev.hermesreaper.agent.host.oshi.FakeMac.DASHBOARD;
import static dev.hermesreaper.agent.host.oshi.FakeMac.ORPHAN;
import static dev.hermesreaper.agent.host.oshi.FakeMac.OWNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.oshi.OpenEnds.End;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the real judge makes of a Mac that nobody here has. */
class MacTest {

    private final FakeMac mac = new FakeMac();

    @Test
    void endsTheOrphanThatWaitsForNobodyAndNobodyElse() {
        assertThat(verdicts(mac.look())).containsEntry(ORPHAN, "wait settling");

        Map<Integer, String> later = verdicts(mac.after("5m1s"));

        assertThat(later).containsEntry(ORPHAN, "reap orphaned").hasSize(6);
        later.remove(ORPHAN);
        assertThat(later).allSatisfy((pid, verdict) -> assertThat(verdict).isEqualTo("keep owned"));
    }

    /** What a fork server or a wrapper in between leaves behind. */
    @Test
    void keepsAChildOfLaunchdWhoseStdinADashboardHolds() {
        mac.pipe(ORPHAN, DASHBOARD, 0x60);

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep owned");
    }

    @Test
    void keepsAChildOfLaunchdWhoseStdinSomebodyUnseenHolds() {
        mac.ends.put(ORPHAN, List.of(new End(0, true, 0x60, 0x61)));

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsWhatLaunchdStartedItself() {
        mac.jobs.add(ORPHAN + "\t0\torg.example.worker");

        mac.look();
        Judgement later = mac.after("5m1s");

        assertThat(verdicts(later)).containsEntry(ORPHAN, "keep managed");
        assertThat(story(later)).contains("org.example.worker");
    }

    @Test
    void keepsEveryChildOfLaunchdWhereLaunchctlDoesNotAnswer() {
        mac.launchctlAnswers = false;

        mac.look();
        Judgement later = mac.after("5m1s");

        assertThat(verdicts(later)).containsEntry(ORPHAN, "keep managed");
        assertThat(story(later)).contains("launchctl list cannot be run");
    }

    @Test
    void keepsOneThatWorksByTheTimeItRuns() {
        mac.look();
        mac.cpuMillis.get(ORPHAN).addAndGet(200);

        assertThat(verdicts(mac.after("1m"))).containsEntry(ORPHAN, "keep busy");
        assertThat(verdicts(mac.after("1m"))).as("idle since now").containsEntry(ORPHAN, "wait idling");
        assertThat(verdicts(mac.after("3m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    /** Short commands are work, however far the looks are apart. */
    @Test
    void noticesACommandThatTookATenthOfASecondWithinAnHour() {
        mac.look();
        mac.cpuMillis.get(OWNED).addAndGet(120);

        assertThat(verdicts(mac.after("1h"))).containsEntry(OWNED, "keep busy").containsEntry(8102, "keep unknown");
    }

    @Test
    void keepsOneThatHidesAChild() {
        mac.children.put(ORPHAN, List.of(9999));

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsEverybodyWhereCpuTimeCannotBeBelieved() {
        mac.cpuTimeIsTold = false;

        mac.look();

        assertThat(verdicts(mac.after("5m1s")))
                .allSatisfy((pid, verdict) -> assertThat(verdict).startsWith("keep "));
    }

    @Test
    void keepsOneWhoseStdinCannotBeReadAlthoughLibprocTells() {
        mac.ends.remove(ORPHAN);

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    /** What it waits for cannot be read: it may be a command without CPU time. */
    @Test
    void givesAnOrphanThatSeemsIdleThePatienceOfOneAtWork() {
        mac.look();

        assertThat(verdicts(mac.after("4m59s"))).containsEntry(ORPHAN, "wait idling");
        assertThat(verdicts(mac.after("2s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    /** An idle worker's watchdog wakes every two seconds. */
    @Test
    void countsAWatchdogsWakeUpsAsNoWork() {
        mac.look();
        mac.cpuMillis.get(ORPHAN).addAndGet(10);

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    @Test
    void takesAChildOfLaunchdForUnownedWhereLibprocTellsNothing() {
        mac.libprocTells = false;

        mac.look();
        Map<Integer, String> later = verdicts(mac.after("5m1s"));

        assertThat(later).containsEntry(ORPHAN, "reap orphaned");
        assertThat(later).containsEntry(OWNED, "keep owned");
    }

    @Test
    void keepsOneWhoseParentIsAnothersWhereLibprocTellsNothing() {
        mac.libprocTells = false;
        mac.parents.put(ORPHAN, 4242);

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsOneWhoseEnvironmentTheSystemHides() {
        mac.environments.put(ORPHAN, Map.of());

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep unknown");
    }

    @Test
    void keepsOneThatIsProtected() {
        mac.environments.put(ORPHAN, Map.of("HOME", "/Users/jane", "HERMES_REAPER_KEEP", "1"));

        mac.look();

        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "keep protected");
    }

    /** A Mac's lid: its boot clock goes on, the other one does not. */
    @Test
    void waitsAnewAfterSleep() {
        mac.look();
        mac.sleep(Duration.ofHours(8));

        assertThat(verdicts(mac.look())).containsEntry(ORPHAN, "wait settling");
        assertThat(verdicts(mac.after("5m1s"))).containsEntry(ORPHAN, "reap orphaned");
    }

    private static Map<Integer, String> verdicts(Judgement judgement) {
        return new HashMap<>(judgement.verdicts().stream()
                .collect(Collectors.toMap(verdict -> verdict.process().pid(), MacTest::words)));
    }

    private static String words(Verdict verdict) {
        return verdict.decision().word() + " " + verdict.reason().word();
    }

    private static String story(Judgement judgement) {
        return judgement.verdicts().toString();
    }
}
