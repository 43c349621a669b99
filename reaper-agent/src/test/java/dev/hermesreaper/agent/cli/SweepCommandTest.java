package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.sweep.SweepResult;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import org.junit.jupiter.api.Test;

class SweepCommandTest {

    @Test
    void saysOnceThatItIsBlind() throws InterruptedException {
        World world = new World();
        world.worker(101).ownedBy(world.dashboard(100));
        assertThat(SweepCommand.newlyBlind(new Sweeps(world).sweep(), false)).isEmpty();

        World dark = new World();
        dark.worker(101).ownedBy(dark.dashboard(100)).hidesExecutable();
        SweepResult blind = new Sweeps(dark).sweep();

        assertThat(blind.judgement().isBlind()).isTrue();
        assertThat(SweepCommand.newlyBlind(blind, false))
                .hasValueSatisfying(said -> assertThat(said).startsWith("blind: "));
        assertThat(SweepCommand.newlyBlind(blind, true)).isEmpty();
    }
}
