package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.reap.SecondOpinion;
import dev.hermesreaper.agent.sighting.Sightings;
import java.util.Set;

/** Looks, remembers and judges, again and again: what every look saw is known to the next. Signals nobody. */
public final class Inspector implements SecondOpinion {

    private final Lookout lookout;
    private final Judge judge;
    private Sightings sightings;

    /**
     * @param sightings what earlier passes saw
     */
    public Inspector(Lookout lookout, Judge judge, Sightings sightings) {
        this.lookout = lookout;
        this.judge = judge;
        this.sightings = sightings;
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
        sightings = sightings.after(look, false, signalled);
        return new Judgement(look, sightings, judge.judge(look, sightings));
    }

    /** What all looks so far say. */
    public Sightings sightings() {
        return sightings;
    }
}
