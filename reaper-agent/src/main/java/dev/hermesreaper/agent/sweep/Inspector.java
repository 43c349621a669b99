package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.SecondOpinion;
import dev.hermesreaper.agent.sighting.Sightings;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks, remembers and judges, again and again: what every look saw is known to the next. Signals nobody. */
public final class Inspector implements SecondOpinion {

    private final Lookout lookout;
    private final Judge judge;
    private final Function<Look, Sightings> memory;
    private Optional<Sightings> sightings = Optional.empty();
    private boolean missed;

    /**
     * @param memory what earlier passes saw, asked for once, after the first look
     */
    public Inspector(Lookout lookout, Judge judge, Function<Look, Sightings> memory) {
        this.lookout = lookout;
        this.judge = judge;
        this.memory = memory;
    }

    /**
     * Takes a look and judges it.
     *
     * @throws dev.hermesreaper.agent.host.HostException if the machine cannot be observed at all
     */
    public Judgement look() {
        return lookAgain(Set.of());
    }

    @Override
    public Judgement lookAgain(Set<ProcessIdentity> signalled) {
        Look look = lookout.look();
        Sightings known = sightings.orElseGet(() -> memory.apply(look)).after(look, missed, signalled);
        missed = false;
        sightings = Optional.of(known);
        return new Judgement(look, known, judge.judge(look, known));
    }

    @Override
    public boolean spares(ProcessEntry process) {
        return lookout.isGateway(process) || judge.protects(process, lookout.details(process));
    }

    @Override
    public void missed() {
        missed = true;
    }

    /** What all looks so far say. */
    public Sightings sightings() {
        return sightings.orElse(Sightings.NONE);
    }
}
