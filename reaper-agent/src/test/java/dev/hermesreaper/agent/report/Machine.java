package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.GatewayKind;
import dev.hermesreaper.agent.hermes.Home;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.hermes.WorkerOptions;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.judge.Jurisdiction;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Environment;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.process.Stdin;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine on paper, looked at and judged by the real judge. */
final class Machine {

    private long inode = 372_842;

    private static final SessionRecord NO_ROW = new SessionRecord(
            "/home/hermes/.hermes", "k", List.of(), Optional.empty(), Optional.empty(), List.of(), List.of());

    static final int HERMES = 1000;
    static final int ALICE = 1001;

    private static final Instant AT = Instant.parse("2026-05-07T14:30:00.250Z");
    private static final HostMemory FULL = memory(187, 3993);
    private static final Activity STILL =
            new Activity(true, true, false, false, false, 100, 10, 0, 0, Activity.NOT_TOLD);
    private static final long MIB = 1L << 20;

    private final List<ProcessEntry> entries = new ArrayList<>();
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<SlashWorker> workers = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Duration later;
    private final Duration up;
    private final Moment now;
    private final HostMemory memory;

    Machine() {
        this(Duration.ZERO, FULL);
    }

    /** The same machine some time later, with other processes and other memory; ages are those of then. */
    Machine(Duration later, HostMemory memory) {
        this.later = later;
        this.up = Duration.ofDays(10).plus(later);
        this.now = new Moment(up, up, AT.plus(later));
        this.memory = memory;
    }

    /** Of 7.8 GiB and 4 GiB of swap. */
    static HostMemory memory(long availableMiB, long swapUsedMiB) {
        return new HostMemory(true, 7987 * MIB, availableMiB * MIB, 4096 * MIB, swapUsedMiB * MIB);
    }

    /** The machine of the incident: 128 workers of five sessions under one dashboard, idle for most of two days. */
    static Machine incident() {
        Machine machine = new Machine();
        ProcessEntry dashboard = machine.dashboard(8123, 2);
        int pid = 9000;
        Object[][] sessions = {
            {"20260505_104123_c8063a", 62},
            {"20260506_072606_f58b62", 30},
            {"20260506_082737_2a52e2", 29},
            {"20260506_114839_5a88dd", 4},
            {"20260505_163042_6b92fb", 3}
        };
        for (Object[] session : sessions) {
            for (int i = 0; i < (int) session[1]; i++) {
                machine.worker(
                        pid++,
                        (String) session[0],
                        dashboard,
                        Duration.ofDays(2).minusMinutes(10L * i));
            }
        }
        return machine;
    }

    ProcessEntry dashboard(int pid, int clients) {
        return dashboard(pid, clients, 812);
    }

    /** One with so many of its 1,024 descriptors open. */
    ProcessEntry dashboard(int pid, int clients, long openFiles) {
        ProcessEntry process = entry(pid, 1, HERMES, Duration.ofDays(3).plus(later), "hermes dashboard --tui");
        gateway(
                process,
                GatewayKind.DASHBOARD,
                Clients.counted(clients, "/proc/8123/net/tcp"),
                Optional.empty(),
                openFiles);
        return process;
    }

    /** A chat of the terminal of {@code dashboard}: node and entry. */
    ProcessEntry chat(int pid, ProcessEntry dashboard) {
        ProcessEntry node = entry(pid, dashboard.pid(), HERMES, Duration.ofDays(2), "node ui-tui/dist/entry.js");
        ProcessEntry process = entry(pid + 1, node.pid(), HERMES, Duration.ofDays(2), "python3 -m tui_gateway.entry");
        gateway(
                process,
                GatewayKind.ENTRY,
                Clients.counted(1, "its stdin has a living other end"),
                Optional.of(new Gateway.Chain(dashboard, node)),
                812);
        return process;
    }

    private void gateway(
            ProcessEntry process, GatewayKind kind, Clients clients, Optional<Gateway.Chain> chain, long openFiles) {
        gateways.add(new Gateway(
                process,
                kind,
                details(Optional.of(new OpenFiles(true, openFiles, 1024, Long.MAX_VALUE)), 220, 0),
                new Home(true, "/home/hermes/.hermes", ""),
                clients,
                new Ownership(Ownership.Kind.OWNED, Optional.of(process), List.of()),
                chain,
                List.of()));
        see(process.identity(), Doing.IDLE, Duration.ofHours(2), false, chain.isPresent());
    }

    /** An idle worker of 94 MiB, 34 of them swapped out. */
    SlashWorker worker(int pid, String key, ProcessEntry owner, Duration age) {
        return worker(pid, key, Optional.of(owner), HERMES, age, Doing.IDLE);
    }

    SlashWorker worker(int pid, String key, Optional<ProcessEntry> owner, int uid, Duration age, Doing doing) {
        ProcessEntry process = entry(
                pid,
                owner.map(ProcessEntry::pid).orElse(1),
                uid,
                age,
                "python3 -m tui_gateway.slash_worker --session-key " + key);
        Ownership ownership = owner.map(it -> new Ownership(
                        Ownership.Kind.OWNED,
                        owner,
                        List.of(new Evidence(
                                "owner",
                                "dashboard " + it.pid() + " holds the other end of its stdin",
                                "/proc/" + it.pid() + "/fd/77 pipe:[372842]"))))
                .orElseGet(() -> new Ownership(
                        Ownership.Kind.UNOWNED,
                        Optional.empty(),
                        List.of(new Evidence("stdin", "nobody was seen to hold the other end", "/proc/" + pid))));
        SlashWorker worker = new SlashWorker(
                process,
                new WorkerOptions(key, "claude-opus-4-7", OptionalInt.empty()),
                details(Optional.empty(), 60, 34),
                new Home(true, "/home/hermes/.hermes", ""),
                ownership,
                List.of(),
                List.of());
        return add(worker, doing, age.compareTo(Duration.ofHours(5)) < 0 ? age : Duration.ofHours(5));
    }

    SlashWorker add(SlashWorker worker, Doing doing, Duration time) {
        workers.add(worker);
        see(worker.identity(), doing, time, worker.ownership().isUnowned(), true);
        return worker;
    }

    /** A worker of which next to nothing could be read. */
    void obscureWorker(int pid) {
        ProcessEntry process = new ProcessEntry(
                identity(pid, Duration.ofHours(1)), 1, '?', 1, -1, Argv.UNREADABLE, Executable.UNREADABLE, "python3");
        entries.add(process);
        workers.add(new SlashWorker(
                process,
                new WorkerOptions("", "", OptionalInt.empty()),
                ProcessDetails.UNREADABLE,
                new Home(false, "", "environment not readable"),
                new Ownership(Ownership.Kind.UNKNOWN, Optional.empty(), List.of()),
                List.of(),
                List.of()));
    }

    /** A worker that has exited and was not collected: its words are gone. */
    void deadWorker(int pid, ProcessEntry owner) {
        ProcessEntry process = new ProcessEntry(
                identity(pid, Duration.ofHours(1)),
                owner.pid(),
                'Z',
                1,
                HERMES,
                Argv.of(),
                Executable.UNREADABLE,
                "python3");
        entries.add(process);
        workers.add(new SlashWorker(
                process,
                new WorkerOptions("", "", OptionalInt.empty()),
                ProcessDetails.UNREADABLE,
                new Home(false, "", "environment not readable"),
                new Ownership(Ownership.Kind.OWNED, Optional.of(owner), List.of()),
                List.of(),
                List.of()));
    }

    /** An entry whose terminal is gone. */
    void desertedEntry(int pid) {
        ProcessEntry process = entry(pid, 1, HERMES, Duration.ofDays(2), "python3 -m tui_gateway.entry");
        gateways.add(new Gateway(
                process,
                GatewayKind.ENTRY,
                details(Optional.empty(), 80, 0),
                new Home(true, "/home/hermes/.hermes", ""),
                Clients.counted(0, "nobody is left at the other end of its stdin"),
                new Ownership(Ownership.Kind.UNOWNED, Optional.empty(), List.of()),
                Optional.empty(),
                List.of()));
        see(process.identity(), Doing.IDLE, Duration.ofHours(2), true, true);
    }

    void gap(Gap gap) {
        gaps.add(gap);
    }

    private void see(ProcessIdentity identity, Doing doing, Duration time, boolean unowned, boolean unattended) {
        Optional<Duration> since = Optional.of(up.minus(time));
        sightings.add(new Sighting(
                identity,
                now,
                STILL,
                doing,
                false,
                since.filter(it -> doing == Doing.IDLE),
                since.filter(it -> doing == Doing.WORKING),
                Optional.empty(),
                since.filter(it -> unowned),
                since.filter(it -> unattended),
                Optional.empty(),
                Optional.empty(),
                false));
    }

    private ProcessEntry entry(int pid, int parent, int uid, Duration age, String words) {
        ProcessEntry process = new ProcessEntry(
                identity(pid, age),
                parent,
                'S',
                2,
                uid,
                Argv.of(words.split(" ")),
                Executable.at("/usr/bin/" + words.split(" ")[0]),
                words.split(" ")[0]);
        entries.add(process);
        return process;
    }

    private ProcessIdentity identity(int pid, Duration age) {
        return new ProcessIdentity("boot", pid, up.minus(age).toMillis() / 10);
    }

    private ProcessDetails details(Optional<OpenFiles> files, long residentMiB, long swapMiB) {
        return new ProcessDetails(
                STILL,
                new Stdin(Stdin.Kind.PIPE, inode++),
                new Environment(true, Map.of()),
                Optional.empty(),
                new MemoryUse(true, residentMiB * MIB, swapMiB * MIB),
                files.orElse(OpenFiles.UNREADABLE),
                false,
                Optional.empty(),
                List.of());
    }

    Judgement judgement() {
        List<ProcessEntry> all = new ArrayList<>(entries);
        Look look = new Look(
                new Self(77, HERMES, "vm-hermes"),
                new ProcessTable(now, 100, 212, all, gaps),
                now,
                gateways,
                workers,
                gaps,
                memory);
        Sightings seen = Sightings.of(sightings);
        Map<ProcessIdentity, SessionRecord> onRecord = new HashMap<>();
        workers.forEach(it -> onRecord.put(it.identity(), NO_ROW));
        return new Judgement(
                look,
                seen,
                new Judge(Config.defaults().judge(), Jurisdiction.of(HERMES))
                        .hear(look, seen)
                        .verdicts(onRecord));
    }

    LeakReport report() {
        return report(List.of());
    }

    LeakReport report(List<String> limitations) {
        return LeakReport.of(judgement(), uid -> uid == HERMES ? Optional.of("hermes") : Optional.empty(), limitations);
    }
}
