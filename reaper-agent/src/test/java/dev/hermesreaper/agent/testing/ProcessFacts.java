package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Environment;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.Stdin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a {@link FakeProcess} is at this moment, and what of it a reader is shown. */
abstract class ProcessFacts {
    static final String BOOT = "b007";
    static final int TICKS = 100;

    private final int pid;
    final FakeActivity activity = new FakeActivity();
    final Map<String, String> environment = new HashMap<>();
    final Map<Long, Integer> ends = new HashMap<>();
    final List<Signal> pending = new ArrayList<>();
    long startTicks;
    int parentPid = 1;
    char state = 'S';
    int uid = 1000;
    Argv argv = Argv.of("sh");
    Executable executable = Executable.at("/bin/dash");
    String comm = "sh";
    Stdin stdin = new Stdin(Stdin.Kind.NOBODY, 0);
    boolean hidesEnvironment;
    boolean hidesFiles;
    boolean hidden;
    Optional<String> stateDirectory = Optional.empty();
    Clients clients = Clients.NO_LISTENER;
    boolean foreign;
    Optional<String> job = Optional.empty();
    boolean otherRoot;
    MemoryUse memory = new MemoryUse(true, 95L << 20, 3L << 20);
    Conduct conduct = new Conduct();
    boolean subreaper;
    final SessionFacts session = new SessionFacts();

    ProcessFacts(int pid) {
        this.pid = pid;
        environment.put("HOME", "/home/hermes");
    }

    public int pid() {
        return pid;
    }

    public ProcessIdentity identity() {
        return new ProcessIdentity(BOOT, pid, startTicks);
    }

    FakeActivity activity() {
        return activity;
    }

    Conduct conduct() {
        return conduct;
    }

    List<Signal> pending() {
        return pending;
    }

    Map<Long, Integer> ends() {
        return ends;
    }

    int parentPid() {
        return parentPid;
    }

    boolean isSubreaper() {
        return subreaper;
    }

    boolean hasOtherRoot() {
        return otherRoot;
    }

    boolean isHidden() {
        return hidden;
    }

    boolean hasHiddenFiles() {
        return hidesFiles;
    }

    boolean isStopped() {
        return state == 'T';
    }

    Stdin stdin() {
        return stdin;
    }

    SessionFacts session() {
        return session;
    }

    Clients clients() {
        return clients;
    }

    public ProcessEntry entry() {
        return new ProcessEntry(identity(), parentPid, state, state == 'Z' ? 1 : 3, uid, argv, executable, comm);
    }

    ProcessDetails details(Set<String> variables) {
        Map<String, String> asked = new HashMap<>(environment);
        asked.keySet().retainAll(variables);
        return new ProcessDetails(
                activity.now(),
                hidesFiles ? Stdin.UNREADABLE : stdin,
                hidesEnvironment ? Environment.UNREADABLE : new Environment(true, asked),
                stateDirectory,
                memory,
                new OpenFiles(true, 8, 1024, 4096),
                foreign,
                job,
                List.of());
    }
}
