package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.process.MemoryUse;
import java.time.Duration;
import java.util.List;

/**
 * Some workers, counted.
 *
 * @param workers how many
 * @param leaked how many of them are leaked: judged reap, wait or report
 * @param memory what they hold; unreadable only if there are some and none could be read
 * @param leakedMemory what the leaked ones hold, likewise
 * @param oldest age of the oldest; zero where there is none
 */
public record Tally(int workers, int leaked, MemoryUse memory, MemoryUse leakedMemory, Duration oldest) {

    private static final MemoryUse NOTHING = new MemoryUse(true, 0, 0);

    static Tally of(List<WorkerLine> lines) {
        List<WorkerLine> leaks = lines.stream().filter(WorkerLine::isLeaked).toList();
        return new Tally(
                lines.size(),
                leaks.size(),
                memory(lines),
                memory(leaks),
                lines.stream().map(WorkerLine::age).max(Duration::compareTo).orElse(Duration.ZERO));
    }

    private static MemoryUse memory(List<WorkerLine> lines) {
        return lines.isEmpty()
                ? NOTHING
                : lines.stream().map(WorkerLine::memory).reduce(MemoryUse.UNREADABLE, MemoryUse::plus);
    }
}
