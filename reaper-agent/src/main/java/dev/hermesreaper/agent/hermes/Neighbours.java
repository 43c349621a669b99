package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.hermes.Ownership.Kind;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.RawText;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a look has met, for the question who belongs to whom.
 *
 * @param gateways what is a gateway of the table, and of which kind
 * @param details what was read of gateways and workers
 */
record Neighbours(
        Host host,
        ProcessTable table,
        Map<ProcessEntry, GatewayKind> gateways,
        Map<ProcessEntry, ProcessDetails> details) {

    Stdin stdin(ProcessEntry process) {
        return details.getOrDefault(process, ProcessDetails.UNREADABLE).stdin();
    }

    /** The process with this pid, as it was read or as it is now, unless it is dead. */
    Optional<ProcessEntry> living(int pid) {
        Optional<ProcessEntry> read = table.find(pid);
        Optional<ProcessEntry> process = read.isPresent() ? read : host.entry(pid);
        return process.isPresent() && process.get().isZombie() ? Optional.empty() : process;
    }

    /** Whether {@code process} has the pid of {@code ancestor}, or of something below it. */
    boolean isOrIsBelow(ProcessEntry process, ProcessEntry ancestor) {
        if (process.pid() == ancestor.pid()) {
            return true;
        }
        for (ProcessEntry descendant : table.descendantsOf(ancestor)) {
            if (descendant.pid() == process.pid()) {
                return true;
            }
        }
        return false;
    }

    /** What it is called in evidence. */
    String name(ProcessEntry process) {
        GatewayKind kind = gateways.get(process);
        return kind == null
                ? "process " + process.pid() + " (" + RawText.printable(process.comm()) + ")"
                : kind.word() + " " + process.pid();
    }

    /** Of one that nobody was found to own: unknown if anything speaks for an owner that was not seen. */
    Ownership unowned(ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
        List<Gap> blindSpots = new ArrayList<>(table.gaps());
        blindSpots.addAll(ends.gaps());
        int told = 0;
        for (Gap gap : blindSpots) {
            if (told < 3 && gap.concerns(worker.uid())) {
                told++;
                doubts.add("could not read " + gap);
            }
        }
        if (doubts.isEmpty()) {
            return new Ownership(Kind.UNOWNED, Optional.empty(), evidence);
        }
        for (String doubt : doubts) {
            evidence.add(new Evidence("doubt", doubt, "/proc"));
        }
        return new Ownership(Kind.UNKNOWN, Optional.empty(), evidence);
    }
}
