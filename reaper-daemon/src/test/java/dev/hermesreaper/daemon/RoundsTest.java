package dev.hermesreaper.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.reap.Reaping;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the service looks, and what it does then. */
class RoundsTest {

    private final World world = new World();
    private final Shift shift = new Shift(world);

    @Test
    void looksEveryThirtySecondsWhileNothingHappens() {
        world.worker(101).ownedBy(world.dashboard(100));

        shift.run("100s");

        assertThat(shift.looks()).containsExactly(seconds(0), seconds(30), seconds(60), seconds(90));
        assertThat(world.signals()).isEmpty();
    }

    @Test
    void judgesAWorkerRightAfterSettleWhenItsGatewayDies() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));

        shift.run("29s");

        assertThat(shift.looks()).contains(seconds(0), seconds(5));
        assertThat(world.signals()).hasSize(1);
        assertThat(world.signals().get(0).at())
                .isBetween(seconds(15), seconds(15).plusMillis(20));
    }

    @Test
    void judgesAtOnceWhereSettleIsZero() {
        shift.set("JUDGE_SETTLE", "0s");
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));

        shift.run("29s");

        assertThat(world.signals()).extracting(it -> it.at()).containsExactly(seconds(5));
    }

    @Test
    void noticesADeathWhileAnotherWorkerSettles() {
        FakeProcess first = world.dashboard(100);
        FakeProcess second = world.dashboard(200);
        world.worker(101).of("a").ownedBy(first);
        world.worker(201).of("b").ownedBy(second);
        world.in("5s", () -> world.exit(first));
        world.in("8s", () -> world.exit(second));

        shift.run("29s");

        assertThat(shift.looks()).contains(seconds(5), seconds(8));
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(15L, 18L);
    }

    @Test
    void judgesWhoBecomesDueMeanwhileWhenThePassThatWaitsForItsVictimsIsOver() {
        world.worker(101).of("a").orphanedTo(1).ignoresTerm();
        FakeProcess dashboard = world.dashboard(200);
        world.worker(201).of("b").ownedBy(dashboard);
        world.in("2s", () -> world.exit(dashboard));

        shift.run("29s");

        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM, Signal.KILL);
        assertThat(world.signals())
                .filteredOn(it -> it.pid() == 201)
                .singleElement()
                .satisfies(it ->
                        assertThat(it.at()).isBetween(seconds(20), seconds(20).plusMillis(100)));
    }

    @Test
    void watchesANewGatewayFromTheNextLookOn() {
        List<FakeProcess> late = new ArrayList<>();
        world.in("10s", () -> {
            late.add(world.dashboard(100).startedAgo("0s"));
            world.worker(101).ownedBy(late.get(0)).startedAgo("0s");
        });
        world.in("95s", () -> world.exit(late.get(0)));

        shift.run("119s");

        assertThat(shift.looks()).contains(seconds(30), seconds(95));
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(105L);
    }

    @Test
    void looksAgainSoonWhereAWorkerHasJustMoved() {
        shift.set("JUDGE_SETTLE", "0s");
        FakeProcess dashboard = world.dashboard(100);
        FakeProcess worker = world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> {
            world.exit(dashboard);
            worker.moves();
        });

        shift.run("29s");

        assertThat(world.signals()).extracting(it -> it.at()).containsExactly(Duration.ofMillis(5250));
    }

    @Test
    void looksLessAndLessOftenAtAWorkerThatMovesAllTheTime() {
        shift.set("JUDGE_SETTLE", "0s");
        FakeProcess worker = world.worker(101).orphanedTo(1);
        for (int i = 1; i < 600; i++) {
            world.in(i * 100 + "ms", worker::moves);
        }

        shift.run("59s");

        assertThat(world.signals()).isEmpty();
        assertThat(shift.looks().size()).isBetween(6, 10);
    }

    @Test
    void saysThatNobodyIsWatchedWhereThereAreNoPidfds() {
        world.withoutPidfds();
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));

        shift.run("59s");

        assertThat(shift.problems()).contains("no pidfds");
        assertThat(shift.vitals()).last().satisfies(it -> {
            assertThat(it.unwatched()).isPresent();
            assertThat(it.watched()).isEmpty();
        });
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(40L);
    }

    @Test
    void tellsWhomItWatchesAndWhenItLooksNext() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);

        shift.run("1s");

        Vitals vitals = shift.vitals().get(1);
        assertThat(vitals.watched()).containsExactly(dashboard.identity());
        assertThat(vitals.nextPassIn()).isEqualTo(seconds(30));
        assertThat(vitals.passes()).isEqualTo(1);
    }

    @Test
    void stopsDuringTheGraceAndKillsNobodyAfterThat() {
        world.worker(101).orphanedTo(1).ignoresTerm();
        world.in("15s", shift::stop);

        shift.run("60s");

        assertThat(world.elapsed()).isLessThan(Duration.ofMillis(15_500));
        assertThat(world.signalsTo(101)).containsExactly(Signal.TERM);
        assertThat(world.held()).isZero();
    }

    @Test
    void goesOnAfterAPassThatFailsForADefectAndCountsEveryWaitAnew() {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.in("5s", () -> world.exit(dashboard));
        world.in(
                "14s",
                () -> world.after("table", 1, () -> {
                    throw new IllegalStateException("odd");
                }));

        shift.run("60s");

        assertThat(shift.problems())
                .filteredOn(it ->
                        it.startsWith("internal error, please report it: java.lang.IllegalStateException: odd at dev."))
                .hasSize(1);
        assertThat(world.signals()).extracting(it -> it.at().toSeconds()).containsExactly(30L);
        assertThat(world.held()).isZero();
    }

    @Test
    void goesOnAfterTheWitnessesFail() {
        shift.and(new Witness() {
            @Override
            public void passed(SweepResult result, Vitals vitals) {
                throw new IllegalStateException("full");
            }
        });

        shift.run("65s");

        assertThat(shift.looks()).hasSize(3);
    }

    @Test
    void beatsWhileItWaitsAndWhileItsVictimsDo() {
        List<Duration> beats = new ArrayList<>();
        shift.pulse(new Pulse() {
            @Override
            public Duration every() {
                return Duration.ofSeconds(5);
            }

            @Override
            public void beat() {
                beats.add(world.elapsed());
            }
        });
        world.worker(101).orphanedTo(1).unkillable();

        shift.run("120s");

        assertThat(shift.reapings()).extracting(Reaping::outcome).contains(Outcome.SURVIVED);
        assertThat(beats).hasSizeGreaterThanOrEqualTo(120 / 5);
        for (int i = 1; i < beats.size(); i++) {
            assertThat(beats.get(i).minus(beats.get(i - 1))).isLessThanOrEqualTo(seconds(5));
        }
        assertThat(shift.looks().size()).isLessThan(15);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
