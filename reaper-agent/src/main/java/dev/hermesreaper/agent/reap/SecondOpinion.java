package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.Optional;
import java.util.Set;

/** Looks at the machine anew and judges again, right before signals are sent. */
public interface SecondOpinion {

    /**
     * A fresh look, judged.
     *
     * @param signalled those that were sent SIGTERM since the last look: moving in answer to it is no work
     */
    Judgement lookAgain(Set<ProcessIdentity> signalled);

    /** Time was lost, as when this program was stopped: the next look starts every wait anew. */
    void missed();

    /**
     * Why a process below a victim is to be left alone, with all below it: it is a gateway, or protected by the operator, or
     * that cannot be told. Empty if nothing speaks for it.
     *
     * @param process as it is now
     */
    Optional<Objection> objection(ProcessEntry process);
}
