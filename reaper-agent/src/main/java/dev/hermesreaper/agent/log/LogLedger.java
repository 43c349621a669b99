package dev.hermesreaper.agent.log;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Reaping;
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
                .addKeyValue("sweep", sweepId)
                .addKeyValue("pid", verdict.process().pid())
                .addKeyValue("start_ticks", verdict.identity().startTicks())
                .addKeyValue("session", RawText.printable(verdict.sessionKey()))
                .addKeyValue("reason", verdict.reason().word())
                .addKeyValue(
                        "evidence",
                        verdict.evidence().stream().map(Evidence::value).collect(Collectors.joining("; ")))
                .log("verdict.reap");
    }

    @Override
    public void records(Reaping reaping) {
        Level level = reaping.outcome().isLeft() ? Level.WARN : Level.INFO;
        log.atLevel(level)
                .addKeyValue("sweep", sweepId)
                .addKeyValue("pid", reaping.verdict().process().pid())
                .addKeyValue("session", RawText.printable(reaping.verdict().sessionKey()))
                .addKeyValue("reason", reaping.verdict().reason().word())
                .addKeyValue("outcome", reaping.outcome().word())
                .addKeyValue("detail", reaping.detail())
                .addKeyValue(
                        "signals", reaping.signals().stream().map(Signal::name).collect(Collectors.joining(",")))
                .addKeyValue("took_ms", reaping.took().toMillis())
                .addKeyValue("resident_bytes", reaping.memory().residentBytes())
                .addKeyValue("swap_bytes", reaping.memory().swapBytes())
                .log("worker.outcome");
    }
}
