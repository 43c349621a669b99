package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.Pause;
import java.util.Optional;

/** Is asked right before every signal whether the operator wants nobody signalled at this moment. */
public interface Restraint {

    /** Nobody ever asked for a pause. */
    Restraint NONE = Optional::empty;

    /** The pause in force now; empty if signals may be sent. */
    Optional<Pause> now();
}
