package dev.hermesreaper.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.config.ReapPolicy.WithoutPidfd;
import dev.hermesreaper.agent.config.ScanConfig.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigTest {

    private final Config defaults = Config.defaults();

    @Test
    void scansOnItsOwnTermsEveryHalfMinute() {
        assertThat(defaults.scan()).isEqualTo(new ScanConfig(Source.AUTO, Duration.ofSeconds(30)));
    }

    @Test
    void reapsForEveryReasonButSurplusWhichIsReported() {
        assertThat(defaults.judge().orphaned()).isEqualTo(Action.REAP);
        assertThat(defaults.judge().sessionEnded()).isEqualTo(Action.REAP);
        assertThat(defaults.judge().superseded()).isEqualTo(Action.REAP);
        assertThat(defaults.judge().abandoned()).isEqualTo(Action.REAP);
        assertThat(defaults.judge().surplus()).isEqualTo(Action.REPORT);
    }

    @Test
    void waitsAsLongAsTheContractSays() {
        assertThat(defaults.judge().minAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.judge().settle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.judge().busyPatience()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.judge().supersededIdle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.judge().supersededIdleAttached()).isEqualTo(Duration.ofHours(2));
        assertThat(defaults.judge().sessionGrace()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.judge().abandonedIdle()).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.judge().surplusIdle()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void endsOwnWorkersWithTheirDescendantsAndNobodyElses() {
        assertThat(defaults.reap())
                .isEqualTo(new ReapPolicy(
                        Mode.REAP,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        256,
                        true,
                        List.of(),
                        WithoutPidfd.RECHECK,
                        false));
    }

    @Test
    void protectsWhatIsMarkedAndListensNowhere() {
        assertThat(defaults.hermes()).isEqualTo(new Config.Hermes(List.of()));
        assertThat(defaults.protect())
                .isEqualTo(new Config.Protect(List.of(), List.of(), List.of("HERMES_REAPER_KEEP")));
        assertThat(defaults.ledger()).isEqualTo(new Config.Ledger(16 * 1024 * 1024, 4));
        assertThat(defaults.metrics()).isEqualTo(new Config.Metrics(Optional.empty(), Optional.empty()));
        assertThat(defaults.notification()).isEqualTo(new Config.Notify(List.of()));
        assertThat(defaults.log()).isEqualTo(new Config.Log(Config.Log.Level.INFO, Config.Log.Format.TEXT));
    }

    @Test
    void changesOnlyWhatAFlagNames() {
        Config changed = defaults.withSettle(Duration.ofSeconds(1))
                .withTermGrace(Duration.ofSeconds(2))
                .withMaxReapsPerSweep(3);

        assertThat(changed.scan()).isEqualTo(defaults.scan());
        assertThat(changed.judge().settle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.reap().termGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(changed.reap().maxReapsPerSweep()).isEqualTo(3);
        assertThat(changed.withSettle(Duration.ofSeconds(10))
                        .withTermGrace(Duration.ofSeconds(10))
                        .withMaxReapsPerSweep(256))
                .isEqualTo(defaults);
    }

    @Test
    void ignoresEveryReasonThatIsNotNamed() {
        JudgePolicy judge =
                defaults.withReasons(Set.of("session-ended", "surplus")).judge();

        assertThat(judge.orphaned()).isEqualTo(Action.IGNORE);
        assertThat(judge.sessionEnded()).isEqualTo(Action.REAP);
        assertThat(judge.superseded()).isEqualTo(Action.IGNORE);
        assertThat(judge.abandoned()).isEqualTo(Action.IGNORE);
        assertThat(judge.surplus()).as("naming a reason does not arm it").isEqualTo(Action.REPORT);
        assertThat(defaults.withReasons(Set.copyOf(JudgePolicy.REASONS))).isEqualTo(defaults);
    }

    @Test
    void refusesAReasonThereIsNot() {
        assertThatThrownBy(() -> defaults.withReasons(Set.of("session_ended")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"session_ended\"")
                .hasMessageContaining("session-ended");
    }
}
