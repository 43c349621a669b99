package dev.hermesreaper.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing outlives a stage, however it ends. */
@EnabledOnOs(OS.LINUX)
class LifelineIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void nothingOutlivesADirectorThatWasKilled() {
        Stage other = Stage.open();
        List<Long> pids = new ArrayList<>(populate(other));

        ProcessHandle.of(other.director().pid()).orElseThrow().destroyForcibly();

        assertThat(stage.awaitGone(pids, SOON)).isEmpty();
        other.close();
        assertThat(other.root()).doesNotExist();
    }

    @Test
    void nothingOutlivesAStageThatWasClosed() {
        Stage other = Stage.open();
        List<Long> pids = populate(other);

        other.close();
        other.close();

        assertThat(stage.awaitGone(pids, Duration.ZERO)).isEmpty();
        assertThat(other.root()).doesNotExist();
        assertThatThrownBy(other::livePids).isInstanceOf(StageException.class).hasMessageContaining("ended");
    }

    /** All that might want to stay: deaf ones, stopped ones, strangers, and those that are nobody's children. */
    private static List<Long> populate(Stage other) {
        StagedGateway dashboard =
                other.director().subreaper("tini", "-s").dashboard(Part.plain().detached());
        dashboard.worker("k", Part.plain().ignoringTerm().ignoringEof().ownSession());
        dashboard.leakedWorker("k", Part.plain());
        dashboard.chain(Part.plain().ignoringHangup().hanging(), "k");
        dashboard.worker("k").ask("spawn", Map.of("argv", List.of("sh", "-c", "sleep 600 & wait"), "setsid", true));
        StagedProcess stopped = dashboard.worker("k");
        stopped.signal("STOP");
        stopped.awaitState("T", SOON);
        List<Long> pids = other.livePids();
        assertThat(pids).hasSizeGreaterThanOrEqualTo(11);
        return pids;
    }
}
