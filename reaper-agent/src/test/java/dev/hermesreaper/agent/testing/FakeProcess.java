package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.Stdin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One process of a {@link World}: what it is, said fluently, and what it shows to a reader. */
public final class FakeProcess extends ProcessFacts {
    private final World world;

    FakeProcess(World world, int pid) {
        super(pid);
        parentPid = pid == 1 ? 0 : 1;
        this.world = world;
        startedAgo("1d");
    }

    /** Its command line, and a file to go with it. */
    public FakeProcess runs(String file, String... words) {
        executable = Executable.at(file);
        argv = Argv.of(words);
        String name = Executable.name(file);
        comm = name.length() > 15 ? name.substring(0, 15) : name;
        return this;
    }

    public FakeProcess words(String... words) {
        argv = Argv.of(words);
        return this;
    }

    public FakeProcess startedAgo(String age) {
        Duration ago =
                age.startsWith("-") ? DurationText.parse(age.substring(1)).negated() : DurationText.parse(age);
        startTicks = world.now().sinceBoot().minus(ago).toMillis() * TICKS / 1000;
        return this;
    }

    /** The session a worker works for; options of its own follow. */
    public FakeProcess of(String sessionKey, String... options) {
        List<String> words = new ArrayList<>(
                List.of("/opt/hermes/venv/bin/python3", "-m", "tui_gateway.slash_worker", "--session-key", sessionKey));
        words.addAll(List.of(options));
        argv = new Argv(true, words);
        return this;
    }

    /** Its parent is {@code parent}, and nothing else is between them. */
    public FakeProcess below(FakeProcess parent) {
        parentPid = parent.pid();
        return this;
    }

    /** Its parent is {@code owner}, which holds the write end of the pipe it reads commands from. */
    public FakeProcess ownedBy(FakeProcess owner) {
        return below(owner).pipedFrom(owner);
    }

    /** {@code holder} holds the write end of the pipe it reads commands from, whoever its parent is. */
    public FakeProcess pipedFrom(FakeProcess holder) {
        return reads(Stdin.Kind.PIPE, holder);
    }

    /** As {@link #pipedFrom}, over a socket pair as node makes it. */
    public FakeProcess socketFrom(FakeProcess holder) {
        return reads(Stdin.Kind.SOCKET, holder);
    }

    /** Reads what {@code other} reads, as a fork of it does. */
    public FakeProcess sharesStdinOf(FakeProcess other) {
        stdin = other.stdin;
        return this;
    }

    private FakeProcess reads(Stdin.Kind kind, FakeProcess holder) {
        stdin = new Stdin(kind, world.newInode());
        holder.holds(this);
        return this;
    }

    /** Holds one more copy of the other end of what {@code reader} reads. */
    public FakeProcess holds(FakeProcess reader) {
        ends.put(reader.stdin.inode(), 5 + ends.size());
        return this;
    }

    /** Lets go of the other end of what {@code reader} reads. */
    public FakeProcess letsGoOf(FakeProcess reader) {
        ends.remove(reader.stdin.inode());
        return this;
    }

    /** Its gateway is gone: {@code newParent} adopted it and nobody holds the other end of its pipe. */
    public FakeProcess orphanedTo(int newParent) {
        parentPid = newParent;
        stdin = new Stdin(Stdin.Kind.PIPE, world.newInode());
        return this;
    }

    public FakeProcess stdin(Stdin.Kind kind) {
        stdin = new Stdin(kind, kind == Stdin.Kind.PIPE || kind == Stdin.Kind.SOCKET ? world.newInode() : 0);
        return this;
    }

    public FakeProcess uid(int user) {
        uid = user;
        return this;
    }

    public FakeProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public FakeProcess home(String home) {
        return with("HERMES_HOME", home);
    }

    public FakeProcess hasOpen(String directory) {
        stateDirectory = Optional.of(directory);
        return this;
    }

    public FakeProcess clients(int attached) {
        clients = Clients.counted(attached, "established connections to port 9119");
        return this;
    }

    public FakeProcess clientsUnknown() {
        clients = Clients.unknown("it listens on a unix socket");
        return this;
    }

    public FakeProcess memory(long residentBytes, long swapBytes) {
        memory = new MemoryUse(true, residentBytes, swapBytes);
        return this;
    }

    public FakeProcess inOtherPidNamespace() {
        foreign = true;
        return this;
    }

    /** Its root directory is that of a container. */
    public FakeProcess inContainer() {
        otherRoot = true;
        return this;
    }

    /** Its session is open on record, and was last used so long ago. */
    public FakeProcess sessionUsed(String ago) {
        session.open(wall(ago));
        return this;
    }

    /** Its session was ended so long ago, with this word; whatever was said of it before was earlier. */
    public FakeProcess sessionEnded(String word, String ago) {
        session.end(word, wall(ago));
        return this;
    }

    /** Its session was compressed, and what it was compressed into was ended so. */
    public FakeProcess sessionCompressedAndEnded(String word, String ago) {
        session.endCompressed(word, wall(ago));
        return this;
    }

    /** Something is on record about its session that happened so long ago. */
    public FakeProcess sessionMoved(String ago) {
        session.use(wall(ago));
        return this;
    }

    /** A live gateway claims its session. */
    public FakeProcess sessionClaimed() {
        session.claim();
        return this;
    }

    /** What is on record about its session cannot be read. */
    public FakeProcess sessionUnreadable() {
        session.fail("state.db kept changing while it was copied");
        return this;
    }

    private Instant wall(String ago) {
        return ago.startsWith("-")
                ? world.now().wall().plus(DurationText.parse(ago.substring(1)))
                : world.now().wall().minus(DurationText.parse(ago));
    }

    /** Adopts what is orphaned below it, as {@code PR_SET_CHILD_SUBREAPER} has it. */
    public FakeProcess subreaper() {
        subreaper = true;
        return this;
    }

    public FakeProcess hidesArgv() {
        argv = Argv.UNREADABLE;
        return this;
    }

    public FakeProcess hidesExecutable() {
        executable = Executable.UNREADABLE;
        return this;
    }

    public FakeProcess hidesEnvironment() {
        hidesEnvironment = true;
        return this;
    }

    /** What it has open cannot be read, its own stdin included. */
    public FakeProcess hidesFiles() {
        hidesFiles = true;
        return this;
    }

    public FakeProcess hidesActivity() {
        activity.hide();
        return this;
    }

    /** In which call its main thread sleeps cannot be read, only where, as under Yama. */
    public FakeProcess hidesCall() {
        activity.hideCall();
        return this;
    }

    public FakeProcess showsActivity() {
        activity.show();
        return this;
    }

    /** It cannot be seen at all, as under hidepid. */
    public FakeProcess hidden() {
        hidden = true;
        return this;
    }

    public FakeProcess busy() {
        activity.work(true);
        return this;
    }

    /** Done with its command: waits for input again. */
    public FakeProcess idle() {
        activity.work(false);
        return this;
    }

    /** Serves one command within no time. */
    public FakeProcess moves() {
        activity.serve();
        return this;
    }

    /** The kernel does not say how much it has read. */
    public FakeProcess hidesBytes() {
        activity.hideBytes();
        return this;
    }

    public FakeProcess sleepsElsewhere() {
        activity.sleepElsewhere();
        return this;
    }

    /** What its other threads do from now on, voluntary switches and ticks of CPU time per second. */
    public FakeProcess otherThreads(double switchesPerSecond, double ticksPerSecond) {
        activity.others(switchesPerSecond, ticksPerSecond);
        return this;
    }

    public FakeProcess otherThreadEnds(long switches, long ticks) {
        activity.endOtherThread(switches, ticks);
        return this;
    }

    public FakeProcess state(char letter) {
        state = letter;
        return this;
    }

    /** Held by SIGSTOP. */
    public FakeProcess stopped() {
        activity.move(1);
        return state('T');
    }

    /** Held by the freezer of a cgroup, where it is: what waits for input goes on to show that. */
    public FakeProcess frozen(boolean now) {
        activity.freeze(now);
        return this;
    }

    public FakeProcess zombie() {
        argv = new Argv(true, List.of());
        executable = Executable.UNREADABLE;
        return state('Z');
    }

    public FakeProcess ignoresTerm() {
        conduct.ignoresTerm();
        return this;
    }

    /** It runs its handler and stays. */
    public FakeProcess handlesTerm() {
        conduct.handlesTerm();
        return this;
    }

    public FakeProcess unkillable() {
        conduct.unkillable();
        return this;
    }

    public FakeProcess exitsAfter(String time) {
        conduct.takes(DurationText.parse(time));
        return this;
    }

    /** The kernel refuses us to signal it. */
    public FakeProcess refusesSignals() {
        conduct.refuse();
        return this;
    }

    /** Nobody collects it when it has died. */
    public FakeProcess leavesZombie() {
        conduct.leaveZombie();
        return this;
    }

    @Override
    public String toString() {
        return "process " + pid();
    }
}
