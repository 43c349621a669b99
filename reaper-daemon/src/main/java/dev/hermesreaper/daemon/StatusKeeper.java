package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.state.Status;
import dev.hermesreaper.agent.state.StatusFile;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what {@code hermes-reaper status} shows in a file. */
final class StatusKeeper implements Witness {

    private static final Logger log = LoggerFactory.getLogger(StatusKeeper.class);

    private final Path stateDirectory;
    private final Host host;
    private final Optional<ProcessIdentity> service;
    private Optional<EffectiveConfig> config = Optional.empty();
    private Optional<Status.Pass> lastPass = Optional.empty();
    private Optional<String> problem = Optional.empty();
    private String said = "";

    StatusKeeper(Path stateDirectory, Host host) {
        this.stateDirectory = stateDirectory;
        this.host = host;
        this.service = host.entry(host.self().pid()).map(ProcessEntry::identity);
    }

    @Override
    public void configured(EffectiveConfig effective, Vitals vitals) {
        config = Optional.of(effective);
        write(vitals, false);
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        problem = Optional.empty();
        lastPass = Optional.of(new Status.Pass(
                host.now(),
                result.took(),
                result.remaining().look().workers().size(),
                (int) result.remaining().verdicts().stream()
                        .filter(verdict -> verdict.decision().isLeak())
                        .count(),
                result.judgement().look().isComplete(),
                vitals.blind()));
        write(vitals, false);
    }

    @Override
    public void failed(String why, Vitals vitals) {
        problem = Optional.of(why);
        write(vitals, false);
    }

    @Override
    public void complained(String why, Vitals vitals) {
        write(vitals, false);
    }

    @Override
    public void stopped(Vitals vitals) {
        write(vitals, true);
    }

    private void write(Vitals vitals, boolean stopped) {
        if (service.isEmpty() || config.isEmpty()) {
            return;
        }
        EffectiveConfig effective = config.get();
        Status status = new Status(
                service.get(),
                HermesReaperd.version(),
                vitals.startedAt().wall(),
                host.now(),
                vitals.nextPassIn().isNegative() ? Duration.ZERO : vitals.nextPassIn(),
                vitals.passes(),
                lastPass,
                new Status.Setup(
                        effective.config().reap().mode().name().toLowerCase(Locale.ROOT),
                        effective.config().scan().interval(),
                        effective.file().map(Path::toString),
                        vitals.configProblem()),
                vitals.watched().stream().map(ProcessIdentity::pid).toList(),
                vitals.watched().size(),
                vitals.unwatched(),
                problem,
                stopped);
        new StatusFile(StateDirectory.open(stateDirectory, host.self()))
                .write(status)
                .ifPresentOrElse(this::complain, () -> said = "");
    }

    /** Once, until it is well again. */
    private void complain(String why) {
        if (!said.equals(why)) {
            said = why;
            log.atWarn().addKeyValue(Keys.PROBLEM, why).log("status.unwritable");
        }
    }
}
