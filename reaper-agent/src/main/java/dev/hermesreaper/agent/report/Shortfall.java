package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.judge.Blindness;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.report.TextTable.Cell;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what could not be seen, what follows from that, and what to do about it. */
final class Shortfall {

    static final String OBSERVING =
            "Nobody is signalled: with [reap] mode = \"observe\" passes only put on record what they would"
                    + " have ended. hermes-reaper history shows it; mode = \"reap\" arms them.";

    private static final int NAMED = 5;
    private static final int LABEL = 12;

    private Shortfall() {}

    /** In a sentence or two. */
    static String paused(Pause pause) {
        return "Nobody is signalled, neither by the service nor by a sweep: " + RawText.printable(pause.said(), 400)
                + ". hermes-reaper resume ends that.";
    }

    /** Nothing where there is no pause. */
    static void say(Page page, Optional<Pause> pause) {
        pause.ifPresent(it -> page.labelled(new Cell("PAUSED", Style.DOUBT), LABEL, paused(it)));
    }

    /** Nothing where passes are to end what is leaked. */
    static void say(Page page, Orders orders) {
        say(page, orders.pause());
        if (orders.observes()) {
            page.labelled(new Cell("OBSERVING", Style.DOUBT), LABEL, OBSERVING);
        }
    }

    /** Nothing where everything could be read. */
    static void say(Page page, Self self, Blindness blindness, List<Gap> gaps, List<String> limitations) {
        boolean blind = blindness != Blindness.SEES;
        if (blind) {
            page.labelled(new Cell("BLIND", Style.LEAK), LABEL, why(blindness, self));
        }
        if (!gaps.isEmpty()) {
            String named = gaps.stream()
                    .limit(NAMED)
                    .map(gap -> RawText.printable(gap.toString()))
                    .collect(Collectors.joining(", "));
            String more = gaps.size() > NAMED ? " and " + (gaps.size() - NAMED) + " more" : "";
            page.labelled(
                    new Cell("INCOMPLETE", Style.DOUBT),
                    LABEL,
                    "Could not read " + named + more
                            + ". Nothing was concluded from what is missing; workers that hang on it are kept. "
                            + (blind ? "" : fix(self)));
        }
        limitations.forEach(
                limitation -> page.labelled(new Cell("Limited", Style.DOUBT), LABEL, RawText.printable(limitation)));
    }

    private static String why(Blindness blindness, Self self) {
        return blindness == Blindness.UNREADABLE
                ? "Slash workers run here, but not one could be read: this says nothing about leaks. " + fix(self)
                : "Gateways run here and are in use, but for long not one slash worker was recognised: either nobody"
                        + " used a slash command, or this Hermes starts its workers in a way that is not known here, and"
                        + " then this says nothing about leaks. Look: ps -eo pid,ppid,etime,args | grep tui_gateway";
    }

    private static String fix(Self self) {
        return self.uid() == 0
                ? "Fix: look at these processes; hidden even from root they are ending, or a container or sandbox hides"
                        + " them."
                : "Fix: run it as root, or as the user of these processes.";
    }
}
