package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.log.LogLedger;
import dev.hermesreaper.agent.log.StandardError;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.reap.Outcome;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what the service does on standard error: one line for what changes, none for a pass in which nothing did, and one
 * an hour to say that it lives.
 */
final class ServiceLog implements Witness {

    private static final Logger log = LoggerFactory.getLogger(ServiceLog.class);

    /** Lines about workers that begin to wait, of one pass. */
    private static final int MOST_WAITING = 20;

    private final Path stateDirectory;
    private final Hour hour = new Hour();
    private Set<ProcessIdentity> waiting = Set.of();
    private Optional<Pause> pause = Optional.empty();
    private boolean blind;

    ServiceLog(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    @Override
    public void configured(EffectiveConfig effective, Vitals vitals) {
        StandardError.say(effective.config().log());
        effective.warnings().forEach(warning -> log.atWarn()
                .addKeyValue(Keys.WARNING, warning)
                .log("config.warning"));
        log.atInfo()
                .addKeyValue(Keys.VERSION, HermesReaperd.version())
                .addKeyValue(Keys.PID, vitals.pid())
                .addKeyValue(Keys.FILE, effective.file().map(Path::toString).orElse("none"))
                .addKeyValue(
                        Keys.INTERVAL,
                        DurationText.format(effective.config().scan().interval()))
                .addKeyValue(Keys.MODE, effective.config().reap().mode().name().toLowerCase(Locale.ROOT))
                .addKeyValue(Keys.STATE, stateDirectory)
                .log("config.loaded");
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        vitals.gap().ifPresent(lost -> log.atWarn()
                .addKeyValue(Keys.LOST, DurationText.spoken(lost))
                .log("service.gap"));
        pause(result);
        blind(result.judgement().isBlind());
        waiting(result);
        // What is put off stays so for many passes, and was said when it was tried.
        if (!result.reapings().stream().allMatch(it -> it.outcome() == Outcome.DEFERRED)) {
            log.atInfo()
                    .addKeyValue(Keys.SWEEP, result.request().id())
                    .addKeyValue(Keys.REAPED, result.reaped())
                    .addKeyValue(Keys.DUE, result.reapings().size())
                    .addKeyValue(Keys.WAITING, result.count(Decision.WAIT))
                    .addKeyValue(Keys.KEPT, result.count(Decision.KEEP))
                    .addKeyValue(Keys.RECLAIMED_BYTES, result.reclaimedBytes())
                    .addKeyValue(Keys.TOOK_SECONDS, LogLedger.seconds(result.took()))
                    .log("sweep.done");
        }
        hour.passed(result);
    }

    private void pause(SweepResult result) {
        Optional<Pause> now = result.pause();
        boolean same =
                now.flatMap(Pause::since).equals(pause.flatMap(Pause::since)) && now.isPresent() == pause.isPresent();
        pause = now;
        if (same) {
            return;
        }
        if (now.isEmpty()) {
            log.atInfo().log("reaper.resumed");
            return;
        }
        log.atInfo()
                .addKeyValue(Keys.UNTIL, now.get().until().map(String::valueOf).orElse("resumed"))
                .addKeyValue(Keys.BY, now.get().by().orElse("unknown"))
                .addKeyValue(Keys.PROBLEM, now.get().problem().orElse("none"))
                .log("reaper.paused");
    }

    private void blind(boolean now) {
        if (now && !blind) {
            log.atWarn().log("reaper.blind");
        } else if (blind && !now) {
            log.atInfo().log("reaper.sees");
        }
        blind = now;
    }

    /** A worker that begins to wait is said once, not in every pass. */
    private void waiting(SweepResult result) {
        List<Verdict> all = result.verdicts().stream()
                .filter(verdict -> verdict.pending().isPresent())
                .toList();
        List<Verdict> fresh = all.stream()
                .filter(verdict -> !waiting.contains(verdict.identity()))
                .toList();
        waiting = all.stream().map(Verdict::identity).collect(Collectors.toSet());
        fresh.stream().limit(MOST_WAITING).forEach(verdict -> log.atInfo()
                .addKeyValue(Keys.SWEEP, result.request().id())
                .addKeyValue(Keys.PID, verdict.process().pid())
                .addKeyValue(Keys.SESSION, RawText.cut(verdict.sessionKey(), 200))
                .addKeyValue(
                        Keys.REASON, verdict.pending().orElseThrow().reason().word())
                .addKeyValue(
                        Keys.REMAINING_SECONDS,
                        LogLedger.seconds(verdict.pending().orElseThrow().remaining()))
                .log("verdict.wait"));
        if (fresh.size() > MOST_WAITING) {
            log.atInfo()
                    .addKeyValue(Keys.SWEEP, result.request().id())
                    .addKeyValue(Keys.MORE, fresh.size() - MOST_WAITING)
                    .log("verdict.wait_more");
        }
    }

    @Override
    public void failed(String problem, Vitals vitals) {
        hour.failed();
        log.atError().addKeyValue(Keys.PROBLEM, problem).log("sweep.failed");
    }

    @Override
    public void complained(String problem, Vitals vitals) {
        log.atWarn().addKeyValue(Keys.PROBLEM, problem).log("service.problem");
    }

    @Override
    public void stopped(Vitals vitals) {
        log.atInfo().addKeyValue(Keys.PASSES, vitals.passes()).log("service.stopped");
    }
}
