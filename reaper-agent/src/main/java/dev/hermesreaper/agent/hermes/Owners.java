package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.hermes.Ownership.Kind;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OtherEnds;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds who answers for a process, strongest evidence first: who holds the other end of its stdin, its parent, the pid it
 * was stamped with. A stranger at the other end owns nothing; a live gateway there owns the worker whatever its parent
 * says; a hidden process that might be either makes the answer unknown. See ADR 0004.
 */
final class Owners {

    private final Neighbours neighbours;
    private final Reaches reaches;
    private final Host host;
    private final ProcessTable table;
    private final Map<ProcessEntry, GatewayKind> gateways;
    private final Set<Gap> gaps = new LinkedHashSet<>();

    /**
     * @param reaches who could still speak to the gateways: one that nobody can reach owns nothing
     */
    Owners(Neighbours neighbours, Reaches reaches) {
        this.neighbours = neighbours;
        this.reaches = reaches;
        this.host = neighbours.host();
        this.table = neighbours.table();
        this.gateways = neighbours.gateways();
    }

    /** Gaps met while searching for the other ends. */
    Collection<Gap> gaps() {
        return gaps;
    }

    /**
     * Who owns each of {@code workers}. Gateways and parents are searched first; every process of the machine only for
     * those that seem to have no owner.
     */
    Map<ProcessEntry, Ownership> ofWorkers(Map<ProcessEntry, WorkerOptions> workers) {
        Set<ProcessEntry> likely = new LinkedHashSet<>(gateways.keySet());
        for (ProcessEntry worker : workers.keySet()) {
            Optional<ProcessEntry> parent = table.parentOf(worker);
            if (parent.isPresent()) {
                likely.add(parent.get());
            }
        }
        OtherEnds near = workers.isEmpty() ? OtherEnds.NONE : host.otherEnds(stdins(workers.keySet()), likely);

        Map<ProcessEntry, Ownership> result = new HashMap<>();
        Set<ProcessEntry> open = new LinkedHashSet<>();
        for (Map.Entry<ProcessEntry, WorkerOptions> worker : workers.entrySet()) {
            Ownership ownership = ownership(worker.getKey(), worker.getValue(), near);
            result.put(worker.getKey(), ownership);
            if (!ownership.isOwned()) {
                open.add(worker.getKey());
            }
        }
        if (!open.isEmpty()) {
            OtherEnds everywhere = host.otherEnds(stdins(open), List.of());
            gaps.addAll(everywhere.gaps());
            for (ProcessEntry worker : open) {
                WorkerOptions options = workers.getOrDefault(worker, WorkerOptions.NONE);
                result.put(worker, ownership(worker, options, everywhere));
            }
        }
        return result;
    }

    private Ownership ownership(ProcessEntry worker, WorkerOptions options, OtherEnds ends) {
        List<Evidence> evidence = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        Optional<Ownership> held = byStdin(worker, ends, evidence, doubts);
        if (held.isPresent()) {
            return held.get();
        }
        Optional<ProcessEntry> owner = byParent(worker, ends, evidence, doubts);
        if (owner.isEmpty()) {
            owner = byStamp(worker, options.parentPid(), evidence);
        }
        return owner.isPresent()
                ? new Ownership(Kind.OWNED, owner, evidence)
                : neighbours.unowned(worker, ends, evidence, doubts);
    }

    /** That {@code owner} holds the other end of {@code stdin}. */
    private record HeldEnd(Neighbours neighbours, ProcessEntry owner, OtherEnds.Holder holder, Stdin stdin)
            implements Ownership.Basis {

        @Override
        public List<Evidence> evidence() {
            return List.of(new Evidence(
                    "owner",
                    neighbours.name(owner) + " holds the other end of its stdin",
                    "/proc/" + holder.pid() + "/fd/" + holder.descriptor() + " " + stdin));
        }
    }

    /** Whether who holds the other end of a worker's stdin owns it. */
    private boolean isOwner(ProcessEntry holder, Optional<ProcessEntry> parent) {
        boolean isParent = parent.isPresent() && parent.get().identity().equals(holder.identity());
        return canOwn(holder) || (isParent && !gateways.containsKey(holder)) || isGatewayByNow(holder);
    }

    private Optional<Ownership> byStdin(
            ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
        Stdin stdin = neighbours.stdin(worker);
        switch (stdin.kind()) {
            case UNREADABLE -> doubts.add("its stdin cannot be read");
            case OPEN_TO_ANYBODY -> doubts.add("its stdin is a terminal or named pipe, anybody may use it");
            case NOT_TOLD -> {
                if (worker.parentPid() != 1) {
                    doubts.add("this platform does not tell who writes to its stdin, and its parent is not launchd");
                }
            }
            case NOBODY -> {
                // Hermes starts every worker over a pipe or a socket: this is a fork that closed it, whoever's.
                doubts.add("its stdin is a file or nothing, so who started it cannot be told");
                evidence.add(new Evidence("stdin", "a file or nothing: there is no other end", source(worker, stdin)));
            }
            case PIPE, SOCKET -> {
                if (ends.unresolved().contains(stdin)) {
                    doubts.add("the other end of its stdin cannot be told");
                }
            }
        }
        Optional<ProcessEntry> parent = table.parentOf(worker);
        int strangers = 0;
        for (OtherEnds.Holder holder : ends.of(stdin)) {
            Optional<ProcessEntry> process = neighbours.living(holder.pid());
            if (process.isEmpty() || neighbours.isOrIsBelow(process.get(), worker)) {
                continue;
            }
            ProcessEntry found = process.get();
            if (isOwner(found, parent)) {
                HeldEnd held = new HeldEnd(neighbours, found, holder, stdin);
                if (evidence.isEmpty()) {
                    return Optional.of(new Ownership(Kind.OWNED, process, held)); // as of nearly all
                }
                evidence.addAll(held.evidence());
                return Optional.of(new Ownership(Kind.OWNED, process, evidence));
            }
            strangers++;
            if (!found.argv().readable()) {
                doubts.add("the command line of " + neighbours.name(found)
                        + ", which holds the other end of its stdin, cannot be read");
            }
            evidence.add(new Evidence(
                    gateways.containsKey(found) ? "deserted" : "stranger",
                    neighbours.name(found) + " holds the other end of its stdin but "
                            + (gateways.containsKey(found)
                                    ? "nobody is left to speak to it"
                                    : "is neither its parent nor a gateway"),
                    "/proc/" + holder.pid() + "/fd/" + holder.descriptor() + " " + stdin));
        }
        if (strangers == 0 && (stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.SOCKET)) {
            evidence.add(new Evidence("stdin", "nobody was seen to hold the other end", source(worker, stdin)));
        }
        return Optional.empty();
    }

    private static String source(ProcessEntry worker, Stdin stdin) {
        return "/proc/" + worker.pid() + "/fd/0 " + stdin;
    }

    private Optional<ProcessEntry> byParent(
            ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
        String source = "/proc/" + worker.pid() + "/stat";
        Optional<ProcessEntry> parent = table.parentOf(worker);
        if (parent.isPresent() && canOwn(parent.get())) {
            evidence.add(new Evidence("owner", neighbours.name(parent.get()) + " is its parent", source));
            return parent;
        }
        if (table.find(worker.parentPid()).isEmpty()) {
            doubts.add("its parent " + worker.parentPid() + " is hidden or just gone");
        } else if (parent.isPresent() && !parent.get().argv().readable()) {
            doubts.add("the command line of its parent " + worker.parentPid() + " cannot be read");
        } else if (mayHideAnEnd(parent, ends)) {
            doubts.add("the open files of its parent " + worker.parentPid()
                    + " cannot be read, its stdin may be among them");
        }
        evidence.add(new Evidence(
                "parent",
                parent.isPresent()
                        ? neighbours.name(parent.get())
                                + (gateways.containsKey(parent.get()) ? ", which nobody can reach" : ", not a gateway")
                        : "process " + worker.parentPid() + ", dead or younger than this worker",
                source));
        return Optional.empty();
    }

    /** A parent that adopts whatever is orphaned started none of it; any other may hold what it does not show. */
    private static boolean mayHideAnEnd(Optional<ProcessEntry> parent, OtherEnds ends) {
        return parent.isPresent()
                && !parent.get().isZombie()
                && !Recognition.isInit(parent.get())
                && ends.hidden().contains(parent.get().pid());
    }

    private Optional<ProcessEntry> byStamp(ProcessEntry worker, OptionalInt stamp, List<Evidence> evidence) {
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        String source = "--parent-pid " + stamp.getAsInt();
        Optional<ProcessEntry> stamped = neighbours.living(stamp.getAsInt());
        if (stamped.isPresent()
                && stamped.get().identity().isNotYoungerThan(worker.identity())
                && (!gateways.containsKey(stamped.get()) || canOwn(stamped.get()))) {
            evidence.add(new Evidence("owner", neighbours.name(stamped.get()) + " started it and still runs", source));
            return stamped;
        }
        evidence.add(new Evidence("stamp", "the gateway that started it is gone", source));
        return Optional.empty();
    }

    /** Whether {@code process} is a live gateway that somebody can still reach. */
    private boolean canOwn(ProcessEntry process) {
        GatewayKind kind = gateways.get(process);
        return kind != null && !reaches.of(process, kind).isUnowned();
    }

    /** Whether it has become a gateway since the table was read: reading takes time, and a gateway starts meanwhile. */
    private boolean isGatewayByNow(ProcessEntry process) {
        return !gateways.containsKey(process)
                && host.entry(process.pid()).flatMap(Recognition::gateway).isPresent();
    }

    private List<Stdin> stdins(Collection<ProcessEntry> processes) {
        List<Stdin> stdins = new ArrayList<>();
        for (ProcessEntry process : processes) {
            stdins.add(neighbours.stdin(process));
        }
        return stdins;
    }
}
