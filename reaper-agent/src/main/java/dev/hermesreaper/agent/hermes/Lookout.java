package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at the machine: reads the process table, recognises what is Hermes', and finds out who owns what. */
public final class Lookout {

    /** Words without which a command line cannot be Hermes'; a reader may skip processes that have none of them. */
    public static final List<String> TRACES = List.of("tui_gateway", "hermes", "entry.js");

    /** What the initial environment of a candidate is asked for. */
    public static final Set<String> VARIABLES = Set.of(Homes.VARIABLE, Homes.USER_HOME, "SYSTEMD_EXEC_PID");

    /** Children born earlier in a worker's life are the MCP servers it starts with; later ones are commands. */
    private static final Duration START_UP = Duration.ofMinutes(2);

    private static final Comparator<SlashWorker> OLDEST_FIRST = new Comparator<>() {
        @Override
        public int compare(SlashWorker one, SlashWorker other) {
            return ProcessTable.OLDEST_FIRST.compare(one.process(), other.process());
        }
    };

    private final Host host;

    /**
     * What one look has read so far.
     *
     * @param homes finds out where each has its home
     */
    private record Reading(
            ProcessTable table,
            Map<ProcessEntry, ProcessDetails> details,
            Map<ProcessEntry, Clients> clients,
            Homes homes) {

        ProcessDetails of(ProcessEntry process) {
            return details.getOrDefault(process, ProcessDetails.UNREADABLE);
        }
    }

    public Lookout(Host host) {
        this.host = host;
    }

    /** As below, without a second reader. */
    public Look look() {
        return look(Scrutiny.OF_NOBODY);
    }

    /**
     * Takes one look.
     *
     * @param scrutiny who is read in full, and asked about twice
     * @throws HostException if the process table cannot be read at all
     */
    public Look look(Scrutiny scrutiny) {
        ProcessTable table = host.table();
        Map<ProcessEntry, GatewayKind> kinds = new LinkedHashMap<>();
        Map<ProcessEntry, WorkerOptions> candidates = new LinkedHashMap<>();
        recognise(table, kinds, candidates);

        Map<ProcessEntry, ProcessDetails> details = new HashMap<>();
        for (ProcessEntry gateway : kinds.keySet()) {
            details.put(gateway, details(gateway, scrutiny.covers(gateway)));
        }
        readWorkers(candidates.keySet(), scrutiny, details);
        Moment readBy = host.now();

        Neighbours neighbours = new Neighbours(host, table, kinds, details);
        Reaches reaches = new Reaches(neighbours);
        Owners owners = new Owners(neighbours, reaches);
        Reading reading = new Reading(table, details, host.clients(serving(kinds, table)), new Homes(host));
        List<Gateway> gateways = new ArrayList<>();
        for (Map.Entry<ProcessEntry, GatewayKind> each : kinds.entrySet()) {
            gateways.add(gateway(each.getKey(), each.getValue(), reading, reaches));
        }
        List<SlashWorker> workers = new ArrayList<>();
        for (Map.Entry<ProcessEntry, Ownership> each :
                owners.ofWorkers(candidates).entrySet()) {
            ProcessEntry process = each.getKey();
            WorkerOptions options = candidates.getOrDefault(process, WorkerOptions.NONE);
            workers.add(worker(process, options, reading, each.getValue()));
        }
        workers.sort(OLDEST_FIRST);

        Set<Gap> gaps = new HashSet<>(table.gaps());
        gaps.addAll(reaches.gaps());
        gaps.addAll(owners.gaps());
        return new Look(host.self(), table, readBy, gateways, workers, List.copyOf(gaps), host.memory());
    }

    private void recognise(
            ProcessTable table, Map<ProcessEntry, GatewayKind> kinds, Map<ProcessEntry, WorkerOptions> candidates) {
        for (ProcessEntry process : table.entries()) {
            if (process.isZombie() || process.pid() == host.self().pid()) {
                continue;
            }
            Optional<WorkerOptions> options = Recognition.worker(process);
            Optional<GatewayKind> kind = options.isPresent() ? Optional.empty() : Recognition.gateway(process);
            if (kind.isPresent()) {
                kinds.put(process, kind.get());
            } else if (options.isPresent() && !isBelowWorkerShaped(process, table)) {
                candidates.put(process, options.get());
            }
        }
        for (ProcessEntry gateway : kinds.keySet()) {
            for (ProcessEntry zombie : zombiesOf(gateway, table)) {
                candidates.put(zombie, WorkerOptions.NONE);
            }
        }
    }

    private static boolean isBelowWorkerShaped(ProcessEntry process, ProcessTable table) {
        Optional<ProcessEntry> parent = table.parentOf(process);
        return parent.isPresent() && Recognition.isWorkerShaped(parent.get());
    }

    /** Whether {@code process} is a gateway by its own words, wherever it was found. */
    public boolean isGateway(ProcessEntry process) {
        return Recognition.gateway(process).isPresent();
    }

    /** Most of them are not to be ended, and only glanced at. */
    private void readWorkers(Set<ProcessEntry> workers, Scrutiny scrutiny, Map<ProcessEntry, ProcessDetails> details) {
        List<ProcessEntry> glanced = new ArrayList<>();
        for (ProcessEntry worker : workers) {
            if (scrutiny.covers(worker)) {
                details.put(worker, details(worker, true));
            } else {
                glanced.add(worker);
            }
        }
        List<ProcessDetails> glances = host.glances(glanced);
        for (int i = 0; i < glanced.size(); i++) {
            details.put(glanced.get(i), glances.get(i));
        }
    }

    private ProcessDetails details(ProcessEntry process, boolean isCompared) {
        ProcessDetails details = host.details(process);
        List<String> disagreements = isCompared ? host.disagreements(process, details) : List.of();
        return disagreements.isEmpty() ? details : details.with(disagreements);
    }

    /** Reads what only few processes are asked for. */
    public ProcessDetails details(ProcessEntry process) {
        return host.details(process);
    }

    /** Those whose clients are connections, and theirs alone. */
    private static List<ProcessEntry> serving(Map<ProcessEntry, GatewayKind> kinds, ProcessTable table) {
        List<ProcessEntry> serving = new ArrayList<>();
        for (Map.Entry<ProcessEntry, GatewayKind> each : kinds.entrySet()) {
            boolean listens =
                    switch (each.getValue()) {
                        case DASHBOARD, SERVE, UNKNOWN -> true;
                        case ENTRY, COMPUTE_HOST, TUI, MESSAGING -> false;
                    };
            if (listens && !isForked(each.getKey(), table)) {
                serving.add(each.getKey());
            }
        }
        return serving;
    }

    private Gateway gateway(ProcessEntry process, GatewayKind kind, Reading reading, Reaches reaches) {
        ProcessTable table = reading.table();
        ProcessDetails details = reading.of(process);
        Ownership reach = reaches.of(process, kind);
        return new Gateway(
                process,
                kind,
                details,
                reading.homes().of(details, Optional.empty()),
                isForked(process, table)
                        ? Clients.unknown("it shares its work with a fork of itself")
                        : clients(process, kind, reach, reading),
                reach,
                reaches.chainOf(process, kind),
                table.descendantsOf(process));
    }

    /** Whether a process with the very same words is its parent or child: either may serve the other's clients. */
    private static boolean isForked(ProcessEntry process, ProcessTable table) {
        Optional<ProcessEntry> parent = table.parentOf(process);
        if (parent.isPresent() && parent.get().argv().equals(process.argv())) {
            return true;
        }
        for (ProcessEntry child : table.childrenOf(process)) {
            if (child.argv().equals(process.argv())) {
                return true;
            }
        }
        return false;
    }

    private static Clients clients(ProcessEntry process, GatewayKind kind, Ownership reach, Reading reading) {
        return switch (kind) {
            case DASHBOARD, SERVE, UNKNOWN -> listening(reading.clients().getOrDefault(process, Clients.NO_LISTENER));
            case ENTRY ->
                switch (reach.kind()) {
                    case OWNED -> Clients.counted(1, "its stdin has a living other end");
                    case UNOWNED -> Clients.counted(0, "nobody is left at the other end of its stdin");
                    case UNKNOWN -> Clients.unknown("the other end of its stdin cannot be told");
                };
            case COMPUTE_HOST, TUI, MESSAGING -> Clients.unknown("a " + kind.word() + " has no clients to count");
        };
    }

    /**
     * A dashboard that does not listen (yet), or what has renamed itself and may be a terminal's or a messenger's gateway,
     * is not deserted for want of connections.
     */
    private static Clients listening(Clients clients) {
        return clients.equals(Clients.NO_LISTENER) ? Clients.unknown(clients.why()) : clients;
    }

    private SlashWorker worker(ProcessEntry process, WorkerOptions options, Reading reading, Ownership ownership) {
        ProcessTable table = reading.table();
        List<ProcessEntry> below = table.descendantsOf(process);
        ProcessDetails own = reading.of(process);
        Optional<ProcessDetails> owner = ownership.owner().isPresent()
                ? Optional.of(reading.of(ownership.owner().get()))
                : Optional.empty();
        // Where it may be reading what a child writes, an old child may be that one.
        boolean mayReadAChild = own.activity().sleepOnly() || own.activity().wholeProcess();
        long bornAfter = mayReadAChild ? Long.MIN_VALUE : lastStartUpTick(process, table);
        return new SlashWorker(
                process,
                options,
                own,
                reading.homes().of(own, owner),
                ownership,
                below,
                below.isEmpty() ? List.of() : commands(below, Recognition::isMcpWatchdog, bornAfter));
    }

    /** Dead children of a gateway that ran Python: their words are gone, but workers are what it has most of. */
    private static List<ProcessEntry> zombiesOf(ProcessEntry gateway, ProcessTable table) {
        List<ProcessEntry> zombies = new ArrayList<>();
        for (ProcessEntry child : table.childrenOf(gateway)) {
            if (child.isZombie() && child.comm().toLowerCase(Locale.ROOT).startsWith("python")) {
                zombies.add(child);
            }
        }
        return zombies;
    }

    /** The start-up of {@code root} is over after this; in ticks since boot. */
    static long lastStartUpTick(ProcessEntry root, ProcessTable table) {
        return root.identity().startTicks() + START_UP.toSeconds() * table.ticksPerSecond();
    }

    /**
     * What runs and is no part of a start-up.
     *
     * @param below everything below a process, parents first
     * @param sheltering what is no command, and nothing below it either
     * @param bornAfter what was born until then is no command either; in ticks since boot
     */
    static List<ProcessEntry> commands(List<ProcessEntry> below, Predicate<ProcessEntry> sheltering, long bornAfter) {
        Set<Integer> sheltered = new HashSet<>();
        List<ProcessEntry> commands = new ArrayList<>();
        for (ProcessEntry process : below) {
            if (sheltered.contains(process.parentPid()) || sheltering.test(process)) {
                sheltered.add(process.pid());
            } else if (!process.isZombie() && process.identity().startTicks() > bornAfter) {
                commands.add(process);
            }
        }
        return commands;
    }
}
