package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class GlancesIT {

    private final LinuxHost host;
    private final RealProcesses real = new RealProcesses();

    GlancesIT(Means means) {
        this.host = means.host("HERMES_HOME");
    }

    @AfterEach
    void end() {
        real.close();
    }

    /** What it has done once it waits for input. */
    private Activity waiting(Spawned worker) throws InterruptedException {
        Duration deadline = LinuxClock.awake().plusSeconds(20);
        ProcessEntry process = host.entry(worker.pid()).orElseThrow();
        Activity activity = host.details(process).activity();
        while (!activity.waitsForInput()) {
            assertThat(LinuxClock.awake()).as("waited in vain: %s", activity).isLessThan(deadline);
            LinuxClock.sleep(Duration.ofMillis(5));
            process = host.entry(worker.pid()).orElseThrow();
            activity = host.details(process).activity();
        }
        return activity;
    }

    /** So many that a second thread takes its share, where there is a second processor. */
    @Test
    void glancesAtManyAsItLooksAtEachButForWhatFewAreAskedFor() throws InterruptedException {
        Spawned one = real.worker("one", "");
        Spawned other = real.worker("other", "");
        Activity ofOne = waiting(one);
        Activity ofOther = waiting(other);
        List<ProcessEntry> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(host.entry((i % 2 == 0 ? one : other).pid()).orElseThrow());
        }

        List<ProcessDetails> glances = host.glances(many);

        assertThat(glances).hasSameSizeAs(many);
        for (int i = 0; i < many.size(); i++) {
            ProcessDetails full = host.details(many.get(i));
            ProcessDetails glance = glances.get(i);
            Activity activity = i % 2 == 0 ? ofOne : ofOther;
            assertThat(full.activity()).isEqualTo(activity);
            assertThat(full.openFiles().readable()).isTrue();
            assertThat(glance.activity().isStillSince(activity)).isTrue();
            assertThat(glance.activity().hasReadNothingSince(activity))
                    .as("not asked, so not known")
                    .isFalse();
            assertThat(glance.stdin()).isEqualTo(full.stdin());
            assertThat(glance.environment()).isEqualTo(full.environment());
            assertThat(glance.stateDirectory()).isEqualTo(full.stateDirectory());
            assertThat(glance.memory().readable()).isTrue();
            assertThat(glance.openFiles()).isEqualTo(OpenFiles.UNREADABLE);
        }
    }

    @Test
    void glancesAtNothingOfAPidThatHasChangedHands() {
        ProcessEntry worker = host.entry(real.worker("k", "").pid()).orElseThrow();
        ProcessIdentity identity = worker.identity();
        ProcessEntry another = new ProcessEntry(
                new ProcessIdentity(identity.bootId(), identity.pid(), identity.startTicks() - 1),
                worker.parentPid(),
                worker.state(),
                worker.threads(),
                worker.uid(),
                worker.argv(),
                worker.executable(),
                worker.comm());

        assertThat(host.glances(List.of(another))).containsExactly(ProcessDetails.UNREADABLE);
    }
}
