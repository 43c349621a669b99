package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.linux.RealProcesses;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OshiOpinionIT {

    private final Host host = Hosts.of(Source.AUTO, RealProcesses.TRACES, Set.of());
    private final RealProcesses real = new RealProcesses();

    @AfterEach
    void end() {
        real.close();
    }

    private ProcessDetails detailsOf(Spawned process) {
        ProcessEntry entry = host.entry(process.pid()).orElseThrow();
        ProcessDetails details = host.details(entry);
        return details.with(host.disagreements(entry, details));
    }

    @Test
    void agreesAboutAnOrdinaryWorker() {
        for (int i = 0; i < 5; i++) {
            assertThat(detailsOf(real.worker("k" + i, "import resource")).disagreements())
                    .isEmpty();
        }
    }

    @Test
    void isQuotedAndNotFollowedWhereANameFoolsIt() {
        Spawned worker = real.worker("k", "open('/proc/self/comm', 'wb').write(b'a\\nb')");

        ProcessDetails details = detailsOf(worker);

        assertThat(details.disagreements())
                .contains("OSHI says its parent is 0, not " + worker.parentPid())
                .anyMatch(it -> it.startsWith("OSHI says it started ") && it.endsWith(" ms earlier"));
        assertThat(host.entry(worker.pid()).orElseThrow().parentPid()).isEqualTo(worker.parentPid());
        assertThat(details.memory().readable()).isTrue();
    }

    @Test
    void isQuotedWhereItSeesNothing() {
        Spawned worker = real.worker("k", "open('/proc/self/comm', 'wb').write(b'a\\xff')");

        assertThat(detailsOf(worker).disagreements()).containsExactly("OSHI does not see this process");
    }

    @Test
    void isSaidButNotQuotedWhereWordsFoolIt() {
        Spawned worker = real.worker(List.of(RealProcesses.bytes(""), RealProcesses.bytes("b")), "");

        assertThat(detailsOf(worker).disagreements())
                .singleElement()
                .asString()
                .startsWith("OSHI reads other words in its command line");
    }

    @Test
    void tellsTheMachinesMemoryOnceThereWasACandidate() {
        long before = host.memory().totalBytes();
        detailsOf(real.worker("k", ""));

        assertThat(host.memory().totalBytes()).isEqualTo(before);
        assertThat(host.memory().availableBytes()).isPositive();
        assertThat(host.limitations()).isEmpty();
    }
}
