package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.config.Pause;
import java.util.Optional;

/**
 * Is asked right before every signal whether the operator wants nobody signalled at this moment: to a worker {@link #why}, to
 * what a dead one has started {@link #pause} only.
 */
@FunctionalInterface
public interface Restraint {

    /** Nobody ever asked for a pause. */
    Restraint NONE = new Restraint() {
        @Override
        public Optional<Pause> pause() {
            return Optional.empty();
        }
    };

    /** The pause in force now; empty if there is none. */
    Optional<Pause> pause();

    /** Why nobody may be signalled now, in words: a pause, or what else the operator may mean; empty if signals may be sent. */
    default Optional<String> why() {
        return pause().map(Pause::said);
    }
}
