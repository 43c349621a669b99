package dev.hermesreaper.agent.reap;

import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.judge.Verdict;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.time.Duration;
import java.util.List;

/**
 * How one verdict was carried out.
 *
 * @param verdict the verdict acted on
 * @param outcome what became of the process
 * @param detail why, where the outcome alone does not say
 * @param signals what was sent, in order
 * @param took from the first signal to the outcome; zero where none was sent
 * @param memory what it held right before the first signal
 * @param descendants what became of the processes below it
 */
public record Reaping(
        Verdict verdict,
        Outcome outcome,
        String detail,
        List<Signal> signals,
        Duration took,
        MemoryUse memory,
        List<Descendant> descendants) {

    public Reaping {
        signals = List.copyOf(signals);
        descendants = List.copyOf(descendants);
    }

    /**
     * One process that was below the worker.
     *
     * @param process who
     * @param outcome what became of it
     * @param detail why, where the outcome alone does not say
     */
    public record Descendant(ProcessEntry process, Outcome outcome, String detail) {}

    Reaping with(List<Descendant> below) {
        return new Reaping(verdict, outcome, detail, signals, took, memory, below);
    }

    /** Bytes that ending it gave back: of a process proven gone only. */
    public long reclaimedBytes() {
        return outcome.isReaped() ? memory.totalBytes() : 0;
    }
}
