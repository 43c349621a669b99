package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.judge.Decision;
import dev.hermesreaper.agent.log.StandardError;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what the service does on standard error. */
final class ServiceLog implements Witness {

    private static final Logger log = LoggerFactory.getLogger(ServiceLog.class);

    private final Path stateDirectory;

    ServiceLog(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    @Override
    public void configured(EffectiveConfig effective, Vitals vitals) {
        StandardError.say(effective.config().log().level().name());
        effective
                .warnings()
                .forEach(warning -> log.atWarn().addKeyValue("warning", warning).log("config.warning"));
        log.atInfo()
                .addKeyValue("file", effective.file().map(Path::toString).orElse("none"))
                .addKeyValue(
                        "interval",
                        DurationText.format(effective.config().scan().interval()))
                .addKeyValue("mode", effective.config().reap().mode())
                .addKeyValue("state", stateDirectory)
                .log("config.loaded");
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        vitals.gap().ifPresent(lost -> log.atWarn()
                .addKeyValue("lost", DurationText.spoken(lost))
                .log("service.gap"));
        if (result.reapings().isEmpty()) {
            return;
        }
        log.atInfo()
                .addKeyValue("sweep", result.request().id())
                .addKeyValue("reaped", result.reaped())
                .addKeyValue("due", result.reapings().size())
                .addKeyValue("waiting", result.count(Decision.WAIT))
                .addKeyValue("kept", result.count(Decision.KEEP))
                .addKeyValue("reclaimed_bytes", result.reclaimedBytes())
                .addKeyValue("took_ms", result.took().toMillis())
                .log("sweep.done");
    }

    @Override
    public void failed(String problem, Vitals vitals) {
        log.atError().addKeyValue("problem", problem).log("sweep.failed");
    }

    @Override
    public void complained(String problem, Vitals vitals) {
        log.atWarn().addKeyValue("problem", problem).log("service.problem");
    }

    @Override
    public void stopped(Vitals vitals) {
        log.atInfo().addKeyValue("passes", vitals.passes()).log("service.stopped");
    }
}
