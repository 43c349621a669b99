package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.notification.Notice;
import dev.hermesreaper.agent.notification.Notifier;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator's command for what he wants to be told of. */
final class Herald implements Witness {

    private static final Logger log = LoggerFactory.getLogger(Herald.class);

    private List<String> command = List.of();
    private Optional<Notifier> notifier = Optional.empty();
    private boolean wasBlind;
    private Optional<Pause> pause = Optional.empty();

    @Override
    public void configured(EffectiveConfig effective, Vitals vitals) {
        List<String> wanted = effective.config().notification().command();
        if (wanted.equals(command)) {
            return;
        }
        notifier.ifPresent(Notifier::close);
        command = wanted;
        notifier = wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Notifier(wanted, OwnUser.uid(), Herald::complain));
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        notifier.ifPresent(it -> {
            Notice.of(result, wasBlind).forEach(it::tell);
            if (hasRunOut(result)) {
                String host = result.judgement().look().self().hostName();
                it.tell(Notice.resumed(host, result.startedAt().wall(), Optional.empty()));
            }
        });
        wasBlind = result.judgement().isBlind();
        pause = result.pause();
    }

    /** A pause that ended by itself; one that was ended is told of by whoever ended it. */
    private boolean hasRunOut(SweepResult result) {
        Instant now = result.startedAt().wall().plus(result.took());
        return result.pause().isEmpty()
                && pause.flatMap(Pause::until)
                        .filter(until -> !until.isAfter(now))
                        .isPresent();
    }

    @Override
    public void stopped(Vitals vitals) {
        notifier.ifPresent(Notifier::close);
    }

    private static void complain(String problem) {
        log.atWarn().addKeyValue(Keys.PROBLEM, problem).log("notify.failed");
    }
}
