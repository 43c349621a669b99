package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.config.ReapPolicy;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.log.Keys;
import dev.hermesreaper.agent.metrics.Measured;
import dev.hermesreaper.agent.metrics.Metric;
import dev.hermesreaper.agent.metrics.Textfile;
import dev.hermesreaper.agent.regret.Observed;
import dev.hermesreaper.agent.report.LeakReport;
import dev.hermesreaper.agent.report.Orders;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.SweepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives out the metrics, if anybody wants them: to a file after every pass, and to whoever asks the listener. */
final class Publisher implements Witness {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final Path stateDirectory;
    private Config config = Config.defaults();
    private Optional<LeakReport> report = Optional.empty();
    private Optional<Users> users = Optional.empty();
    private Optional<MetricsListener> listener = Optional.empty();
    private String said = "";

    Publisher(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    @Override
    public void configured(EffectiveConfig effective, Vitals vitals) {
        config = effective.config();
        listen();
        publish(vitals);
    }

    /** Where the address is taken, once when that is configured, and not in every pass. */
    private void listen() {
        if (!listener.map(MetricsListener::address).equals(config.metrics().listen())) {
            listener.ifPresent(MetricsListener::close);
            listener = config.metrics().listen().flatMap(MetricsListener::open);
        }
    }

    @Override
    public void passed(SweepResult result, Vitals vitals) {
        if (!isWanted()) {
            report = Optional.empty();
            return;
        }
        Users names = users.orElseGet(Users::ofThisMachine);
        users = Optional.of(names);
        report = Optional.of(LeakReport.of(result.remaining(), uid -> Optional.of(names.nameOf(uid)), List.of())
                .under(new Orders(result.pause(), config.reap().mode() == ReapPolicy.Mode.OBSERVE)));
        publish(vitals);
    }

    /** A configuration that cannot be used shows in the metrics at once. */
    @Override
    public void complained(String problem, Vitals vitals) {
        publish(vitals);
    }

    @Override
    public void stopped(Vitals vitals) {
        listener.ifPresent(MetricsListener::close);
    }

    private boolean isWanted() {
        return config.metrics().textfile().isPresent() || listener.isPresent();
    }

    private void publish(Vitals vitals) {
        if (report.isEmpty() || !isWanted()) {
            return;
        }
        List<Metric> metrics = new Measured(
                        report.get(),
                        Memory.counts(stateDirectory, report.get().self()),
                        Observed.in(stateDirectory, report.get().self()),
                        HermesReaperd.version(),
                        vitals.configProblem().isEmpty(),
                        config.reap().mode() == ReapPolicy.Mode.OBSERVE)
                .metrics();
        listener.ifPresent(it -> it.show(metrics));
        config.metrics()
                .textfile()
                .flatMap(file -> new Textfile(file).write(metrics))
                .ifPresentOrElse(this::complain, () -> said = "");
    }

    /** Once, until it is well again. */
    private void complain(String problem) {
        if (!said.equals(problem)) {
            said = problem;
            log.atWarn().addKeyValue(Keys.PROBLEM, problem).log("metrics.unwritable");
        }
    }
}
