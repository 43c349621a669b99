package dev.hermesreaper.agent.state;

import java.util.Optional;

/**
 * How trying to get the lock of a pass went: it is held, or another pass holds it, or there can be no lock here.
 *
 * @param lock the lock, to be closed after the pass
 * @param holder the pid of the pass that holds it instead, where that is known; it may be gone by now
 * @param problem why there can be no lock, e.g. a directory that cannot be written; the caller may go on without
 */
public record LockAttempt(Optional<PassLock> lock, Optional<Integer> holder, Optional<String> problem) {

    static LockAttempt got(PassLock lock) {
        return new LockAttempt(Optional.of(lock), Optional.empty(), Optional.empty());
    }

    static LockAttempt heldBy(Optional<Integer> holder) {
        return new LockAttempt(Optional.empty(), holder, Optional.empty());
    }

    static LockAttempt impossible(String problem) {
        return new LockAttempt(Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    /** Whether another pass held the lock all the time. */
    public boolean isBusy() {
        return lock.isEmpty() && problem.isEmpty();
    }
}
