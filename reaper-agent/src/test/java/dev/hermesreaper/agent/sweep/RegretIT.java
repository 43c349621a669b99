package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.demo.Part;
import dev.hermesreaper.agent.demo.StagedGateway;
import dev.hermesreaper.agent.demo.StagedProcess;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.ledger.Act;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.regret.Counts;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.sample.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What real passes that only observe leave on record about real processes. */
@EnabledOnOs(OS.LINUX)
class RegretIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path scratch;

    private final Host host = ThisMachine.keeping(Lookout.VARIABLES);

    @Test
    void regretsTheOneThatWorksAndIsConfirmedByTheOneThatExits() throws InterruptedException {
        Path state = scratch.resolve("state");
        try (Arena arena = new Arena().set("REAP_MODE", "observe").set("JUDGE_SUPERSEDED_IDLE", "400ms")) {
            StagedGateway dashboard = arena.stage().director().dashboard();
            StagedProcess works = dashboard.worker(arena.key("works"), Part.plain());
            StagedProcess exits = dashboard.worker(arena.key("exits"), Part.plain());
            dashboard.workers(List.of(arena.key("works"), arena.key("exits")), Part.plain());

            SweepResult first = arena.sweepRemembered(state, "first", false);
            assertThat(observed(state).counts()).as(Arena.story(first)).isEqualTo(new Counts(2, 0, 0, 0));
            arena.sweepRemembered(state, "again", false);
            assertThat(observed(state).watched()).hasSize(2);

            arena.stage().signal(exits.pid(), "KILL");
            exits.awaitGone(SOON);
            works.ask("busy", Map.of("seconds", 0.2));
            arena.sweepRemembered(state, "last", false);

            assertThat(observed(state).counts()).isEqualTo(new Counts(2, 1, 1, 0));
            assertThat(history(state))
                    .extracting(act -> act.sessionKey().substring(arena.key("").length()) + " "
                            + act.ending().outcome())
                    .containsExactlyInAnyOrder("works observed", "exits observed", "works regret", "exits confirmed");
            assertThat(history(state))
                    .filteredOn(act -> act.ending().outcome().equals("regret"))
                    .allSatisfy(act -> assertThat(act.grounds()).isNotEmpty());
            assertThat(works.standing().state()).isNotEqualTo("Z");
        }
    }

    @Test
    void samplesEveryPassButADryRun() throws InterruptedException {
        Path state = scratch.resolve("state");
        try (Arena arena = new Arena()) {
            StagedGateway dashboard = arena.stage().director().dashboard();
            dashboard.worker(arena.key("kept"), Part.plain());

            arena.sweepRemembered(state, "dry", true);
            assertThat(samples(state).all()).isEmpty();

            arena.sweepRemembered(state, "real", false);
            assertThat(samples(state).all()).singleElement().satisfies(sample -> {
                assertThat(sample.workers()).isPositive();
                assertThat(sample.host().totalBytes()).isPositive();
                assertThat(sample.gateways())
                        .anySatisfy(gateway ->
                                assertThat((long) gateway.identity().pid()).isEqualTo(dashboard.pid()));
            });
        }
    }

    private Observed observed(Path state) {
        return Observed.in(state, host.self());
    }

    private Samples samples(Path state) {
        return Samples.in(state, host.self(), Instant.MIN);
    }

    private List<Act> history(Path state) {
        List<Act> acts = new ArrayList<>();
        History.Reading reading = History.in(state, host).read(Instant.MIN, acts::add);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.damagedLines()).isZero();
        return acts;
    }
}
