package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.judge.Verdict;

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
        };
    }
}
