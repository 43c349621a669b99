package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.hermes.Ownership.Kind;
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
import java.util.Set;

/** Finds who could still speak to each gateway: to an entry through its stdin, to every other for itself. */
final class Reaches {

    private final Neighbours neighbours;
    private final ProcessTable table;
    private final Map<ProcessEntry, GatewayKind> gateways;
    private final OtherEnds entryEnds;
    private final Map<ProcessEntry, Ownership> known = new HashMap<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();

    Reaches(Neighbours neighbours) {
        this.neighbours = neighbours;
        this.table = neighbours.table();
        this.gateways = neighbours.gateways();
        List<Stdin> ends = new ArrayList<>();
        for (Map.Entry<ProcessEntry, GatewayKind> gateway : gateways.entrySet()) {
            if (gateway.getValue() == GatewayKind.ENTRY) {
                ends.add(neighbours.stdin(gateway.getKey()));
            }
        }
        this.entryEnds = ends.isEmpty() ? OtherEnds.NONE : neighbours.host().otherEnds(ends, List.of());
        for (Map.Entry<ProcessEntry, GatewayKind> gateway : gateways.entrySet()) {
            known.put(gateway.getKey(), reach(gateway.getKey(), gateway.getValue()));
        }
    }

    /** Whether anybody is left who could speak to an entry; every other gateway stands for itself. */
    Ownership of(ProcessEntry gateway, GatewayKind kind) {
        Ownership reach = known.get(gateway);
        return reach == null ? reach(gateway, kind) : reach;
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
        Optional<ProcessEntry> node = table.parentOf(entry);
        if (node.isEmpty() || !Recognition.isNodeTui(node.get())) {
            return Optional.empty();
        }
        Optional<ProcessEntry> above = table.parentOf(node.get());
        GatewayKind kindAbove = above.isPresent() ? gateways.get(above.get()) : null;
        return kindAbove == GatewayKind.DASHBOARD || kindAbove == GatewayKind.SERVE
                ? Optional.of(new Gateway.Chain(above.get(), node.get()))
                : Optional.empty();
    }

    private Ownership reach(ProcessEntry gateway, GatewayKind kind) {
        if (kind != GatewayKind.ENTRY) {
            return new Ownership(Kind.OWNED, Optional.of(gateway), List.of());
        }
        Stdin stdin = neighbours.stdin(gateway);
        String source = "/proc/" + gateway.pid() + "/fd/0 " + stdin;
        Optional<ProcessEntry> speaker = entryEnds.of(stdin).stream()
                .flatMap(holder -> neighbours.living(holder.pid()).stream())
                .filter(it -> !neighbours.isOrIsBelow(it, gateway))
                .findFirst();
        if (speaker.isPresent()) {
            return new Ownership(
                    Kind.OWNED,
                    speaker,
                    List.of(new Evidence(
                            "owner", neighbours.name(speaker.get()) + " holds the other end of its stdin", source)));
        }
        Optional<ProcessEntry> parent = table.parentOf(gateway);
        if (parent.filter(it -> Recognition.isNodeTui(it) || gateways.containsKey(it))
                .isPresent()) {
            return new Ownership(
                    Kind.OWNED,
                    parent,
                    List.of(new Evidence("owner", neighbours.name(parent.get()) + " is its parent", source)));
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
            doubts.add("its parent " + neighbours.name(parent.get()) + " lives, and may wait for its answer");
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("stdin", "nobody was seen to hold the other end", source));
        evidence.add(new Evidence(
                "parent",
                parent.map(neighbours::name).orElse("process " + gateway.parentPid()) + ", not its TUI",
                "/proc/" + gateway.pid() + "/stat"));
        gaps.addAll(entryEnds.gaps());
        return neighbours.unowned(gateway, entryEnds, evidence, doubts);
    }
}
