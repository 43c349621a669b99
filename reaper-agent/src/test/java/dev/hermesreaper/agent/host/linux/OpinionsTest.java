package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.testing.FakeProcess;
import dev.hermesreaper.agent.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The other reader is dear: it is asked where it can say something new. */
class OpinionsTest {

    private final World world = new World();
    private final FakeProcess worker = world.worker(101);
    private final List<Integer> asked = new ArrayList<>();
    private List<String> says = List.of();
    private final Opinions opinions = new Opinions(
            new OtherReader() {
                @Override
                public List<String> disagreements(ProcessEntry process, ProcessDetails details) {
                    asked.add(process.pid());
                    return says;
                }

                @Override
                public Optional<HostMemory> memory() {
                    return Optional.empty();
                }

                @Override
                public List<String> limitations() {
                    return List.of();
                }
            },
            pid -> Optional.of(world.process(pid).entry()));

    @Test
    void asksOnceAboutOneInWhichNothingChanges() {
        assertThat(ask()).isEmpty();
        assertThat(ask()).isEmpty();

        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainAboutOneThatHasAnotherParentOrIsStopped() {
        ask();
        worker.orphanedTo(100);
        ask();
        worker.stopped();
        ask();

        assertThat(asked).hasSize(3);
    }

    @Test
    void asksAgainAboutOneThatRunsAnotherProgram() {
        ask();
        worker.runs("/usr/bin/python3.11", "python3", "-m", "other");
        ask();

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksInEveryLookWhileItDisagrees() {
        says = List.of("OSHI says its parent is 7, not 1");

        assertThat(ask()).hasSize(1);
        assertThat(ask()).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    private List<String> ask() {
        return opinions.disagreements(
                worker.entry(),
                new ProcessDetails(
                        ProcessDetails.UNREADABLE.activity(),
                        ProcessDetails.UNREADABLE.stdin(),
                        ProcessDetails.UNREADABLE.environment(),
                        Optional.empty(),
                        ProcessDetails.UNREADABLE.memory(),
                        new OpenFiles(true, 8, 1024, 4096),
                        false,
                        Optional.empty(),
                        List.of()));
    }
}
