package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.Optional;

/** Is told of every act: once with its grounds before the first signal, once with what came of it. */
public interface Ledger {

    /** Forgets everything. */
    Ledger NONE = new Ledger() {
        @Override
        public void intends(Verdict verdict) {}

        @Override
        public void records(Reaping reaping) {}
    };

    /** A signal is about to be sent. */
    void intends(Verdict verdict);

    /** An outcome is known. */
    void records(Reaping reaping);

    /**
     * Why {@code process} is not to be tried now, although it is due: the last attempts failed, and the next is to come. What
     * is put off is on record already and is not recorded again.
     */
    default Optional<String> putsOff(ProcessIdentity process) {
        return Optional.empty();
    }

    /** This one, and after it {@code other}. */
    default Ledger and(Ledger other) {
        Ledger first = this;
        return new Ledger() {
            @Override
            public void intends(Verdict verdict) {
                first.intends(verdict);
                other.intends(verdict);
            }

            @Override
            public void records(Reaping reaping) {
                first.records(reaping);
                other.records(reaping);
            }

            @Override
            public Optional<String> putsOff(ProcessIdentity process) {
                return first.putsOff(process).or(() -> other.putsOff(process));
            }
        };
    }
}
