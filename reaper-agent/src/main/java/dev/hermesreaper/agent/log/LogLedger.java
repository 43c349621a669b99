package dev.hermesreaper.agent.log;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Reaping;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes every act to the log. */
public final class LogLedger implements Ledger {

    private static final Logger log = LoggerFactory.getLogger(LogLedger.class);

    private final String sweepId;

    /**
     * @param sweepId names the pass in every line
     */
    public LogLedger(String sweepId) {
        this.sweepId = sweepId;
    }

    @Override
    public void intends(Verdict verdict) {
        log.atInfo()
                .addKeyValue(Keys.SWEEP, sweepId)
                .addKeyValue(Keys.PID, verdict.process().pid())
                .addKeyValue(Keys.START_TICKS, verdict.identity().startTicks())
                .addKeyValue(Keys.SESSION, RawText.cut(verdict.sessionKey(), 200))
                .addKeyValue(Keys.REASON, verdict.reason().word())
                .addKeyValue(
                        Keys.EVIDENCE,
                        verdict.evidence().stream()
                                .map(Evidence::value)
                                .map(value -> RawText.cut(value, 200))
                                .collect(Collectors.joining("; ")))
                .log("verdict.reap");
    }

    @Override
    public void records(Reaping reaping) {
        Level level = reaping.outcome().isLeft() ? Level.WARN : Level.INFO;
        log.atLevel(level)
                .addKeyValue(Keys.SWEEP, sweepId)
                .addKeyValue(Keys.PID, reaping.verdict().process().pid())
                .addKeyValue(Keys.SESSION, RawText.cut(reaping.verdict().sessionKey(), 200))
                .addKeyValue(Keys.REASON, reaping.verdict().reason().word())
                .addKeyValue(Keys.OUTCOME, reaping.outcome().word())
                .addKeyValue(Keys.DETAIL, reaping.detail())
                .addKeyValue(
                        Keys.SIGNALS,
                        reaping.signals().stream().map(Signal::name).collect(Collectors.joining(",")))
                .addKeyValue(Keys.TOOK_SECONDS, seconds(reaping.took()))
                .addKeyValue(Keys.RESIDENT_BYTES, reaping.memory().residentBytes())
                .addKeyValue(Keys.SWAP_BYTES, reaping.memory().swapBytes())
                .log("worker.outcome");
    }

    /** To the millisecond, without an exponent. */
    public static BigDecimal seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
