package dev.hermesreaper.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CensusTest {

    private static final HostMemory MEMORY = new HostMemory(true, 8, 4, 2, 1);

    private final World world = new World();
    private final Sweeps sweeps = new Sweeps(world);

    private Census census() throws InterruptedException {
        SweepResult result = sweeps.dryRun();
        return new Census(result.judgement());
    }

    @Test
    void countsWorkersByVerdictGatewayAndSession() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).of("s1").ownedBy(dashboard);
        world.worker(102).of("s2").ownedBy(dashboard);
        world.worker(103).of("s3").orphanedTo(1);

        Sample sample = census().sample();

        assertThat(sample.workers()).isEqualTo(3);
        assertThat(sample.count(Decision.REAP)).isEqualTo(1);
        assertThat(sample.leaked()).isEqualTo(1);
        assertThat(sample.sessions()).isEqualTo(3);
        assertThat(sample.leakingSessions()).isEqualTo(1);
        assertThat(sample.memory().totalBytes()).isEqualTo(3 * (98L << 20));
        assertThat(sample.gateways()).singleElement().satisfies(gateway -> {
            assertThat(gateway.workers()).isEqualTo(2);
            assertThat(gateway.leaked()).isZero();
        });
    }

    @Test
    void leavesOutTheDeadAndThoseOfOthers() throws InterruptedException {
        FakeProcess dashboard = world.dashboard(100);
        world.worker(101).ownedBy(dashboard);
        world.worker(102).ownedBy(dashboard).zombie();
        world.worker(103).uid(World.UID + 1).orphanedTo(1);

        assertThat(census().sample().workers()).isEqualTo(1);
    }

    @Test
    void countsWhatAPassLeaves() throws InterruptedException {
        world.worker(101).of("s1").orphanedTo(1);
        world.worker(102).of("s1").ownedBy(world.dashboard(100));
        Census census = census();
        ProcessIdentity ended = world.host().entry(101).orElseThrow().identity();

        Sample left = census.without(Set.of(ended), MEMORY);

        assertThat(left.workers()).isEqualTo(1);
        assertThat(left.leaked()).isZero();
        assertThat(left.ended()).isEqualTo(1);
        assertThat(left.host()).isEqualTo(MEMORY);
        assertThat(left.gateways().get(0).ended()).isZero();
    }

    @Test
    void saysHowManyCouldNotBeRead() throws InterruptedException {
        world.worker(101).orphanedTo(1).hidesFiles();

        Sample sample = census().sample();

        assertThat(sample.workers()).isEqualTo(1);
        assertThat(sample.leaked()).isZero();
        assertThat(sample.unknown()).isEqualTo(1);
    }
}
