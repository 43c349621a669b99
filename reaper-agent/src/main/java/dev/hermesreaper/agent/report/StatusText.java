package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.TextTable.Cell;
import dev.hermesreaper.agent.state.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the service lives, and what it does, as text. */
public final class StatusText {

    private static final int LABEL = 11;
    private static final int NAMED = 8;

    private final ServiceState state;
    private final Page page;

    private StatusText(ServiceState state, Layout layout) {
        this.state = state;
        this.page = new Page(layout);
    }

    public static String render(ServiceState state, Layout layout) {
        return new StatusText(state, layout).render();
    }

    private String render() {
        headline();
        Shortfall.say(page, state.pause());
        state.status().ifPresent(this::problems);
        page.blank();
        state.status().filter(it -> state.life().isAlive()).ifPresent(this::work);
        if (!state.life().isAlive()) {
            line("sweeps", sweeps());
        }
        line("state", RawText.printable(state.stateDirectory().toString(), 400));
        if (!state.life().isAlive()) {
            page.blank();
            state.machine()
                    .ifPresent(it -> page.prose("The service of this machine is, or was, another one, its state is in "
                            + it + ": sudo hermes-reaper status."));
            page.prose("Start it with: systemctl start hermes-reaper, or hermes-reaper service install."
                    + " A cron line works without it.");
        }
        return page.toString();
    }

    private void headline() {
        List<Cell> pieces = new ArrayList<>();
        pieces.add(new Cell(RawText.printable(state.hostName(), 40), Style.TITLE));
        Style style =
                switch (state.life()) {
                    case RUNNING -> Style.FINE;
                    case OVERDUE, STOPPED, NONE -> Style.DOUBT;
                    case DIED -> Style.LEAK;
                };
        String word = state.life() == ServiceState.Life.NONE
                ? "NO SERVICE"
                : state.life().word().toUpperCase(Locale.ROOT);
        pieces.add(new Cell(word, style));
        if (state.status().isEmpty()) {
            pieces.add(Cell.of("no service has run with this state directory"));
        } else {
            Status status = state.status().get();
            pieces.add(Cell.of("hermes-reaperd " + RawText.printable(status.version(), 40) + ", pid "
                    + status.service().pid()));
            Duration ago = ago(status);
            pieces.add(Cell.of(
                    state.life().isAlive()
                            ? "for "
                                    + Figures.time(Duration.between(
                                            status.startedAt(), state.now().wall()))
                            : "last heard of " + Figures.time(ago) + " ago"));
        }
        page.pieces(pieces);
    }

    /** By the wall clock: the boot may have been another one. */
    private Duration ago(Status status) {
        return Duration.between(status.writtenAt().wall(), state.now().wall());
    }

    private void problems(Status status) {
        if (state.life() == ServiceState.Life.OVERDUE) {
            problem(
                    "OVERDUE",
                    "Its next pass is " + Figures.time(ServiceState.late(status, state.now()))
                            + " late: it waits for a process that does not end, or is stopped, or stuck. Its log says"
                            + " what it did last.");
        }
        if (state.life() == ServiceState.Life.DIED) {
            problem("DIED", "It was killed, or the machine went down: it did not say goodbye. Its log may say more.");
        }
        status.setup()
                .configProblem()
                .ifPresent(why -> problem(
                        "CONFIG",
                        RawText.printable(why, 1000) + ". The last configuration that was good is in force."));
        status.problem().ifPresent(why -> problem("PROBLEM", RawText.printable(why, 1000)));
        status.lastPass()
                .filter(Status.Pass::blind)
                .ifPresent(pass -> problem(
                        "BLIND", "Its last pass could read or recognise no worker: hermes-reaper report says why."));
    }

    private void problem(String label, String words) {
        page.labelled(new Cell(label, Style.LEAK), LABEL, words);
    }

    private void work(Status status) {
        line("last pass", status.lastPass().map(this::pass).orElse("none yet") + passes(status));
        Duration next = ServiceState.late(status, state.now()).negated();
        line(
                "next pass",
                next.isNegative() ? "now" : "in " + Figures.time(next) + ", or as soon as a process it watches ends");
        line("watches", watched(status));
        line(
                "mode",
                status.setup().mode()
                        + (status.setup().mode().equals("observe") ? " (nobody is signalled)" : "")
                        + ", a safety sweep every "
                        + DurationText.format(status.setup().interval()));
        line(
                "config",
                status.setup()
                        .configFile()
                        .map(file -> RawText.printable(file, 400))
                        .orElse("no file, every value is at its default"));
    }

    private String pass(Status.Pass pass) {
        return Figures.time(state.now().since(pass.at())) + " ago: " + Figures.count(pass.workers(), "worker") + ", "
                + pass.leaked() + " leaked, took " + Figures.time(pass.took())
                + (pass.complete() ? "" : ", incomplete");
    }

    private static String passes(Status status) {
        return status.passes() < 2 ? "" : "; " + status.passes() + " passes since it began";
    }

    private static String watched(Status status) {
        String names =
                status.watched().stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        int more = status.watchedCount() - Math.min(NAMED, status.watched().size());
        String all = names.isEmpty()
                ? "nobody: no gateway runs here"
                : "the end of process " + names + (more > 0 ? " and " + more + " more" : "");
        return status.unwatched()
                .map(why -> "nobody: " + RawText.printable(why, 400))
                .orElse(all);
    }

    private String sweeps() {
        return Optional.of(state.counts())
                .flatMap(counts -> counts.lastAt()
                        .map(at -> counts.sweeps() + " so far, the last "
                                + Figures.time(Duration.between(at, state.now().wall())) + " ago"))
                .orElse("none on record");
    }

    private void line(String label, String words) {
        page.labelled(new Cell(label, Style.FAINT), LABEL, words);
    }
}
