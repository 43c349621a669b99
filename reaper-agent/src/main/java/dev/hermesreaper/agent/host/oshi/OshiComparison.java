package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.RawText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/**
 * Compares what we read of a process with what OSHI reads of it. What may differ between two right readings is let pass:
 * a start time rounded to the clock tick, memory and open files that move between the two.
 */
final class OshiComparison {

    private static final long TICK_MILLIS = 10;

    /** The kernel batches its counters per thread and processor, and a process may grow in between. */
    private static final long MEMORY_SLACK = 8 << 20;

    private static final long FILES_SLACK = 16;

    private final OshiMachine machine = new OshiMachine(new SystemInfo());

    List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        Optional<OSProcess> seen = machine.process(process.pid());
        if (seen.isEmpty()) {
            return List.of("OSHI does not see this process");
        }
        OSProcess other = seen.get();
        List<String> found = new ArrayList<>();
        if (other.getParentProcessID() != process.parentPid()) {
            found.add("OSHI says its parent is " + other.getParentProcessID() + ", not " + process.parentPid());
        }
        long start = machine.millisAt(process.identity().startTicks());
        if (Math.abs(other.getStartTime() - start) > TICK_MILLIS) {
            found.add("OSHI says it started " + Math.abs(other.getStartTime() - start) + " ms "
                    + (other.getStartTime() < start ? "earlier" : "later"));
        }
        if (process.argv().readable()
                && !comparable(other.getArguments())
                        .equals(comparable(process.argv().words()))) {
            // Not quoted: a command line may carry secrets, and evidence is logged and recorded.
            found.add("OSHI reads other words in its command line");
        }
        if (process.executable().readable() && !Executable.at(other.getPath()).equals(process.executable())) {
            found.add("OSHI says it runs " + RawText.printable(other.getPath(), 80));
        }
        char state = OshiMachine.letter(other.getState());
        if (isDead(state) != isDead(process.state()) || (state == 'T') != process.isStopped()) {
            found.add("OSHI says its state is " + state + ", not " + process.state());
        }
        addFigures(other, details, found);
        return found;
    }

    private static void addFigures(OSProcess other, ProcessDetails details, List<String> found) {
        long resident = details.memory().residentBytes();
        if (details.memory().readable()
                && Math.abs(other.getResidentMemory() - resident) > Math.max(MEMORY_SLACK, resident / 4)) {
            found.add("OSHI says %d bytes are resident, not %d".formatted(other.getResidentMemory(), resident));
        }
        OpenFiles files = details.openFiles();
        if (!files.readable()) {
            return;
        }
        if (Math.abs(other.getOpenFiles() - files.open()) > Math.max(FILES_SLACK, files.open() / 4)) {
            found.add("OSHI says %d files are open, not %d".formatted(other.getOpenFiles(), files.open()));
        }
        if (isDifferent(other.getSoftOpenFileLimit(), files.softLimit())
                || isDifferent(other.getHardOpenFileLimit(), files.hardLimit())) {
            found.add("OSHI says the limit of open files is %d (hard %d), not %d (hard %d)"
                    .formatted(
                            other.getSoftOpenFileLimit(),
                            other.getHardOpenFileLimit(),
                            files.softLimit(),
                            files.hardLimit()));
        }
    }

    /** OSHI has no number for "unlimited". */
    private static boolean isDifferent(long other, long limit) {
        return other >= 0 && limit != Long.MAX_VALUE && other != limit;
    }

    private static boolean isDead(char state) {
        return state == 'Z' || state == 'X';
    }

    /** Bytes of no encoding are written down differently by both, which is no disagreement. */
    private static List<String> comparable(List<String> words) {
        return words.stream()
                .map(word -> {
                    StringBuilder kept = new StringBuilder();
                    word.codePoints()
                            .filter(point -> point != 0xFFFD && Character.getType(point) != Character.SURROGATE)
                            .forEach(kept::appendCodePoint);
                    return kept.toString();
                })
                .toList();
    }

    HostMemory memory() {
        return machine.memory();
    }
}
