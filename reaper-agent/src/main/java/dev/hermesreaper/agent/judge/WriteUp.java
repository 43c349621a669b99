package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy.Action;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grounds that are written up where somebody asks for them. A case never changes and the judge looks nowhere else, so they
 * are those of the time of the verdict, whenever that is.
 */
final class WriteUp implements Grounds {

    private final Vetoes vetoes;
    private final List<LeakRule> asked;
    private final Case it;
    private final Ruling ruling;

    // Two threads at once would each write the same.
    private @Nullable List<Evidence> evidence;
    private @Nullable List<Gate> gates;

    /**
     * @param asked the rules that were asked
     */
    WriteUp(Vetoes vetoes, List<LeakRule> asked, Case it, Ruling ruling) {
        this.vetoes = vetoes;
        this.asked = asked;
        this.it = it;
        this.ruling = ruling;
    }

    @Override
    public List<Evidence> evidence() {
        List<Evidence> written = evidence;
        if (written == null) {
            written = List.copyOf(Wording.evidence(it, ruling));
            evidence = written;
        }
        return written;
    }

    @Override
    public List<Gate> gates() {
        List<Gate> written = gates;
        if (written == null) {
            written = List.copyOf(askAll());
            gates = written;
        }
        return written;
    }

    /** Asks what the judge asks, but to the end; a test holds both against each other. */
    private List<Gate> askAll() {
        List<Gate> all = new ArrayList<>();
        for (Reason veto : vetoes.inOrder()) {
            Optional<Statement> objection = vetoes.objection(veto, it);
            String detail = objection.isPresent() ? objection.get().toString() : vetoes.fine(veto, it);
            all.add(new Gate(veto.word(), objection.isEmpty(), detail));
        }
        boolean working = it.doing() == Doing.WORKING;
        all.add(new Gate(Reason.BUSY.word(), !working, Wording.doing(it).toString()));
        for (LeakRule rule : asked) {
            Finding finding = rule.examine(it);
            boolean ignored = rule.action() == Action.IGNORE;
            all.add(new Gate(
                    rule.reason().word(),
                    finding.isDue() && !ignored,
                    finding.detail() + (ignored ? " (rule off)" : "")));
        }
        return all;
    }

    @Override
    public String toString() {
        return evidence() + " " + gates();
    }
}
