package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an hour of passes came to, said in one line, so that silence is not taken for death. */
final class Hour {

    private static final Logger log = LoggerFactory.getLogger(Hour.class);
    private static final Duration LENGTH = Duration.ofHours(1);

    private Optional<Moment> began = Optional.empty();
    private long sweeps;
    private long failed;
    private long reaped;
    private long left;
    private long reclaimed;
    private Duration longest = Duration.ZERO;

    void failed() {
        failed++;
    }

    void passed(SweepResult result) {
        Moment start = began.orElse(result.startedAt());
        began = Optional.of(start);
        sweeps++;
        reaped += result.reaped();
        left += result.reapings().stream()
                .filter(reaping -> reaping.outcome().isLeft())
                .count();
        reclaimed += result.reclaimedBytes();
        longest = longest.compareTo(result.took()) < 0 ? result.took() : longest;
        if (result.startedAt().since(start).compareTo(LENGTH) >= 0) {
            say(result);
            began = Optional.of(result.startedAt());
            sweeps = 0;
            failed = 0;
            reaped = 0;
            left = 0;
            reclaimed = 0;
            longest = Duration.ZERO;
        }
    }

    private void say(SweepResult result) {
        log.atInfo()
                .addKeyValue(Keys.SWEEPS, sweeps)
                .addKeyValue(Keys.FAILED, failed)
                .addKeyValue(Keys.REAPED, reaped)
                .addKeyValue(Keys.LEFT, left)
                .addKeyValue(Keys.RECLAIMED_BYTES, reclaimed)
                .addKeyValue(Keys.WORKERS, result.judgement().look().workers().size())
                .addKeyValue(
                        Keys.LEAKED,
                        result.verdicts().stream()
                                .filter(verdict -> verdict.decision().isLeak())
                                .count())
                .addKeyValue(Keys.WAITING, result.count(Decision.WAIT))
                .addKeyValue(Keys.TOOK_SECONDS, LogLedger.seconds(longest))
                .log("sweep.summary");
    }
}
