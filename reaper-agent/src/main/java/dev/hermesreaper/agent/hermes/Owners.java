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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

    private static final OtherEnds NOTHING = new OtherEnds(Map.of(), Set.of(), List.of(), Set.of());

    private final Host host;
    private final ProcessTable table;
    private final Map<ProcessEntry, GatewayKind> gateways;
    private final Map<ProcessEntry, ProcessDetails> details;
    private final Map<ProcessEntry, Ownership> reaches = new HashMap<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private final OtherEnds entryEnds;

    Owners(
            Host host,
            ProcessTable table,
            Map<ProcessEntry, GatewayKind> gateways,
            Map<ProcessEntry, ProcessDetails> details) {
        this.host = host;
        this.table = table;
        this.gateways = gateways;
        this.details = details;
        List<Stdin> ends = new ArrayList<>();
        for (Map.Entry<ProcessEntry, GatewayKind> gateway : gateways.entrySet()) {
            if (gateway.getValue() == GatewayKind.ENTRY) {
                ends.add(stdin(gateway.getKey()));
            }
        }
        this.entryEnds = ends.isEmpty() ? NOTHING : host.otherEnds(ends, List.of());
        for (Map.Entry<ProcessEntry, GatewayKind> gateway : gateways.entrySet()) {
            reaches.put(gateway.getKey(), reach(gateway.getKey(), gateway.getValue()));
        }
    }

    /** Whether anybody is left who could speak to an entry; every other gateway stands for itself. */
    Ownership reachOf(ProcessEntry gateway, GatewayKind kind) {
        return reaches.getOrDefault(gateway, reach(gateway, kind));
    }

    /** Gaps met while searching for the other ends. */
    Collection<Gap> gaps() {
        return gaps;
    }

    /** The dashboard and node above an entry that lives in a dashboard's terminal. */
    Optional<Gateway.Chain> chainOf(ProcessEntry entry, GatewayKind kind) {
        if (kind != GatewayKind.ENTRY) {
            return Optional.empty();
        }
        return table.parentOf(entry).filter(Recognition::isNodeTui).flatMap(node -> table.parentOf(node)
                .filter(above ->
                        gateways.get(above) == GatewayKind.DASHBOARD || gateways.get(above) == GatewayKind.SERVE)
                .map(above -> new Gateway.Chain(above, node)));
    }

    /**
     * Who owns each of {@code workers}. Gateways and parents are searched first; every process of the machine only for
     * those that seem to have no owner.
     */
    Map<ProcessEntry, Ownership> ofWorkers(Map<ProcessEntry, WorkerOptions> workers) {
        Set<ProcessEntry> likely = new LinkedHashSet<>(gateways.keySet());
        for (ProcessEntry worker : workers.keySet()) {
            table.parentOf(worker).ifPresent(likely::add);
        }
        OtherEnds near = workers.isEmpty() ? NOTHING : host.otherEnds(stdins(workers.keySet()), likely);

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
        Optional<ProcessEntry> owner = byStdin(worker, ends, evidence, doubts);
        if (owner.isEmpty()) {
            owner = byParent(worker, ends, evidence, doubts);
        }
        if (owner.isEmpty()) {
            owner = byStamp(worker, options.parentPid(), evidence);
        }
        return owner.isPresent() ? new Ownership(Kind.OWNED, owner, evidence) : nobody(worker, ends, evidence, doubts);
    }

    private Optional<ProcessEntry> byStdin(
            ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
        Stdin stdin = stdin(worker);
        String source = "/proc/" + worker.pid() + "/fd/0 " + stdin;
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
                evidence.add(new Evidence("stdin", "a file or nothing: there is no other end", source));
            }
            case PIPE, SOCKET -> {
                if (ends.unresolved().contains(stdin)) {
                    doubts.add("the other end of its stdin cannot be told");
                }
            }
        }
        Optional<ProcessEntry> parent = table.parentOf(worker);
        Set<Integer> own = below(worker);
        int strangers = 0;
        for (OtherEnds.Holder holder : ends.of(stdin)) {
            Optional<ProcessEntry> process = entry(holder.pid()).filter(it -> !own.contains(it.pid()));
            if (process.isEmpty()) {
                continue;
            }
            ProcessEntry found = process.get();
            String where = "/proc/" + holder.pid() + "/fd/" + holder.descriptor() + " " + stdin;
            boolean isParent =
                    parent.filter(it -> it.identity().equals(found.identity())).isPresent();
            if (canOwn(found) || (isParent && !gateways.containsKey(found)) || isGatewayByNow(found)) {
                evidence.add(new Evidence("owner", name(found) + " holds the other end of its stdin", where));
                return process;
            }
            strangers++;
            if (!found.argv().readable()) {
                doubts.add("the command line of " + name(found)
                        + ", which holds the other end of its stdin, cannot be read");
            }
            evidence.add(new Evidence(
                    gateways.containsKey(found) ? "deserted" : "stranger",
                    name(found) + " holds the other end of its stdin but "
                            + (gateways.containsKey(found)
                                    ? "nobody is left to speak to it"
                                    : "is neither its parent nor a gateway"),
                    where));
        }
        if (strangers == 0 && (stdin.kind() == Stdin.Kind.PIPE || stdin.kind() == Stdin.Kind.SOCKET)) {
            evidence.add(new Evidence("stdin", "nobody was seen to hold the other end", source));
        }
        return Optional.empty();
    }

    private Optional<ProcessEntry> byParent(
            ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
        String source = "/proc/" + worker.pid() + "/stat";
        Optional<ProcessEntry> parent = table.parentOf(worker);
        if (parent.filter(this::canOwn).isPresent()) {
            evidence.add(new Evidence("owner", name(parent.get()) + " is its parent", source));
            return parent;
        }
        if (table.find(worker.parentPid()).isEmpty()) {
            doubts.add("its parent " + worker.parentPid() + " is hidden or just gone");
        } else if (parent.filter(it -> !it.argv().readable()).isPresent()) {
            doubts.add("the command line of its parent " + worker.parentPid() + " cannot be read");
        } else if (mayHideAnEnd(parent, ends)) {
            doubts.add("the open files of its parent " + worker.parentPid()
                    + " cannot be read, its stdin may be among them");
        }
        evidence.add(new Evidence(
                "parent",
                parent.map(it -> name(it) + (gateways.containsKey(it) ? ", which nobody can reach" : ", not a gateway"))
                        .orElse("process " + worker.parentPid() + ", dead or younger than this worker"),
                source));
        return Optional.empty();
    }

    /** A parent that adopts whatever is orphaned started none of it; any other may hold what it does not show. */
    private static boolean mayHideAnEnd(Optional<ProcessEntry> parent, OtherEnds ends) {
        return parent.filter(it -> !it.isZombie() && !Recognition.isInit(it))
                .filter(it -> ends.hidden().contains(it.pid()))
                .isPresent();
    }

    private Optional<ProcessEntry> byStamp(ProcessEntry worker, OptionalInt stamp, List<Evidence> evidence) {
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        String source = "--parent-pid " + stamp.getAsInt();
        Optional<ProcessEntry> stamped = entry(stamp.getAsInt())
                .filter(it -> !it.isZombie())
                .filter(it -> it.identity().isNotYoungerThan(worker.identity()))
                .filter(it -> !gateways.containsKey(it) || canOwn(it));
        evidence.add(
                stamped.isPresent()
                        ? new Evidence("owner", name(stamped.get()) + " started it and still runs", source)
                        : new Evidence("stamp", "the gateway that started it is gone", source));
        return stamped;
    }

    private Ownership nobody(ProcessEntry worker, OtherEnds ends, List<Evidence> evidence, List<String> doubts) {
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

    private Ownership reach(ProcessEntry gateway, GatewayKind kind) {
        if (kind != GatewayKind.ENTRY) {
            return new Ownership(Kind.OWNED, Optional.of(gateway), List.of());
        }
        Stdin stdin = stdin(gateway);
        String source = "/proc/" + gateway.pid() + "/fd/0 " + stdin;
        Set<Integer> own = below(gateway);
        Optional<ProcessEntry> speaker = entryEnds.of(stdin).stream()
                .flatMap(holder -> entry(holder.pid()).stream())
                .filter(it -> !own.contains(it.pid()))
                .findFirst();
        if (speaker.isPresent()) {
            return new Ownership(
                    Kind.OWNED,
                    speaker,
                    List.of(new Evidence("owner", name(speaker.get()) + " holds the other end of its stdin", source)));
        }
        Optional<ProcessEntry> parent = table.parentOf(gateway);
        if (parent.filter(it -> Recognition.isNodeTui(it) || gateways.containsKey(it))
                .isPresent()) {
            return new Ownership(
                    Kind.OWNED, parent, List.of(new Evidence("owner", name(parent.get()) + " is its parent", source)));
        }
        List<String> doubts = new ArrayList<>();
        if (stdin.kind() != Stdin.Kind.PIPE && stdin.kind() != Stdin.Kind.SOCKET) {
            doubts.add("what it reads has no other end to look for: " + stdin);
        } else if (entryEnds.unresolved().contains(stdin)) {
            doubts.add("the other end of its stdin cannot be told");
        }
        if (parent.filter(it -> it.argv().readable()).isEmpty()) {
            doubts.add("its parent " + gateway.parentPid() + " is hidden, gone or unreadable");
        } else if (parent.filter(Recognition::isInit).isEmpty()) {
            doubts.add("its parent " + name(parent.get()) + " lives, and may wait for its answer");
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("stdin", "nobody was seen to hold the other end", source));
        evidence.add(new Evidence(
                "parent",
                parent.map(this::name).orElse("process " + gateway.parentPid()) + ", not its TUI",
                "/proc/" + gateway.pid() + "/stat"));
        gaps.addAll(entryEnds.gaps());
        return nobody(gateway, entryEnds, evidence, doubts);
    }

    /** Whether {@code process} is a live gateway that somebody can still reach. */
    private boolean canOwn(ProcessEntry process) {
        GatewayKind kind = gateways.get(process);
        return kind != null && !reachOf(process, kind).isUnowned();
    }

    /** Whether it has become a gateway since the table was read: reading takes time, and a gateway starts meanwhile. */
    private boolean isGatewayByNow(ProcessEntry process) {
        return !gateways.containsKey(process)
                && host.entry(process.pid()).flatMap(Recognition::gateway).isPresent();
    }

    private Optional<ProcessEntry> entry(int pid) {
        return table.find(pid).or(() -> host.entry(pid)).filter(it -> !it.isZombie());
    }

    private Set<Integer> below(ProcessEntry process) {
        Set<Integer> pids = new HashSet<>();
        pids.add(process.pid());
        for (ProcessEntry descendant : table.descendantsOf(process)) {
            pids.add(descendant.pid());
        }
        return pids;
    }

    private List<Stdin> stdins(Collection<ProcessEntry> processes) {
        List<Stdin> stdins = new ArrayList<>();
        for (ProcessEntry process : processes) {
            stdins.add(stdin(process));
        }
        return stdins;
    }

    private Stdin stdin(ProcessEntry process) {
        return details.getOrDefault(process, ProcessDetails.UNREADABLE).stdin();
    }

    private String name(ProcessEntry process) {
        GatewayKind kind = gateways.get(process);
        return kind == null
                ? "process " + process.pid() + " (" + RawText.printable(process.comm()) + ")"
                : kind.word() + " " + process.pid();
    }
}
