package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Reaping;
import java.util.ArrayList;
import java.util.List;

/** A ledger that is kept in memory, one line per entry. */
public class MemoryLedger implements Ledger {
    private final List<String> lines = new ArrayList<>();
    private final List<Reaping> reapings = new ArrayList<>();

    @Override
    public void intends(Verdict verdict) {
        lines.add("intends %d %s"
                .formatted(verdict.process().pid(), verdict.reason().word()));
    }

    @Override
    public void records(Reaping reaping) {
        reapings.add(reaping);
        lines.add("records %d %s"
                .formatted(reaping.verdict().process().pid(), reaping.outcome().word()));
    }

    /** E.g. {@code intends 101 orphaned}, {@code records 101 exited}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public List<Reaping> reapings() {
        return List.copyOf(reapings);
    }
}
