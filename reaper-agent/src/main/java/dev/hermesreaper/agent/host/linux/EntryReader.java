package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.linux.ProcFs.Answer;
import dev.hermesreaper.agent.process.Argv;
import dev.hermesreaper.agent.process.Executable;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;

/** Reads one process, all of it from the same process or not at all. */
final class EntryReader {

    /** A pid that changes hands more often than this while it is read is let go. */
    private static final int ATTEMPTS = 3;

    /** The clock since boot and the starts of processes are both cut to hundredths of a second; one more to spare. */
    private static final Duration RESOLUTION = Duration.ofMillis(30);

    private final ProcFs proc;
    private final Boot boot;
    private final long oldTicks;
    private boolean refused;

    EntryReader(ProcFs proc, Boot boot) {
        this(proc, boot, Duration.ZERO);
    }

    /** @param since a moment before the first reading, in time since boot; zero reads every start twice */
    EntryReader(ProcFs proc, Boot boot, Duration since) {
        this.proc = proc;
        this.boot = boot;
        this.oldTicks = since.minus(RESOLUTION).toMillis() * boot.ticksPerSecond() / 1000;
    }

    /** The process with this pid; empty if there is none, if it is a kernel thread, or if not even that is shown. */
    Optional<ProcessEntry> read(int pid) {
        Optional<ProcessEntry> old = oldTicks > 0 ? readOld(pid) : Optional.empty();
        if (old.isPresent()) {
            return old;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StatLine> before = stat(pid);
            if (before.isEmpty() || before.get().isKernelThread()) {
                return Optional.empty();
            }
            String alive = before.get().isLeaderless() ? liveThread(pid) : "";
            Argv argv = argv(pid, alive, before.get());
            Executable executable = executable(pid, alive);
            int uid = uid(pid);
            Optional<StatLine> after = stat(pid);
            if (after.isEmpty()) {
                return Optional.empty();
            }
            if (after.get().startTicks() == before.get().startTicks()
                    && after.get().isDead() == before.get().isDead()
                    && after.get().isLeaderless() == before.get().isLeaderless()) {
                return Optional.of(entry(pid, after.get(), uid, argv, executable));
            }
        }
        return Optional.empty();
    }

    /**
     * A process that by its start was there before this reader was has had the pid ever since, so that one look at its start is
     * enough; empty if it is younger, or dead, or anything about it is not as usual.
     */
    private Optional<ProcessEntry> readOld(int pid) {
        if (proc.read(pid, "cmdline") != Answer.READ || hasNoWords(proc)) {
            return Optional.empty();
        }
        Argv argv = Argv.parse(proc.bytes(), proc.length());
        Executable executable = executable(pid, "");
        int uid = uid(pid);
        Optional<StatLine> stat = stat(pid);
        return stat.isPresent()
                        && stat.get().startTicks() < oldTicks
                        && !stat.get().isDead()
                        && !stat.get().isLeaderless()
                ? Optional.of(entry(pid, stat.get(), uid, argv, executable))
                : Optional.empty();
    }

    /** Its line in the kernel's table; empty if it is gone or not shown. */
    Optional<StatLine> stat(int pid) {
        Answer answer = proc.read(pid, "stat");
        refused = answer == Answer.DENIED;
        return answer == Answer.READ ? StatLine.parse(proc.bytes(), proc.length()) : Optional.empty();
    }

    /** When it started, in ticks since boot; -1 if it is gone or not shown. */
    long startTicks(int pid) {
        Optional<StatLine> stat = stat(pid);
        return stat.isPresent() ? stat.get().startTicks() : -1;
    }

    /** Whether the process read last is there, but the kernel shows nothing of it. */
    boolean wasRefused() {
        return refused;
    }

    /** Its real user; where its status is not shown, the owner of its directory. */
    int uid(int pid) {
        if (proc.read(pid, "status") == Answer.READ) {
            return (int) Fields.number(proc, "Uid:").orElse(-1);
        }
        return proc.owner(pid);
    }

    Executable executable(int pid) {
        return executable(pid, "");
    }

    private Executable executable(int pid, String thread) {
        ProcFs.Link link = proc.link(pid, thread + "exe");
        return link.answer() == Answer.READ ? Executable.at(link.target()) : Executable.UNREADABLE;
    }

    /** The words; a live process that shows none has overwritten them, so they are not to be known. */
    private Argv argv(int pid, String thread, StatLine stat) {
        if (proc.read(pid, thread + "cmdline") != Answer.READ) {
            return Argv.UNREADABLE;
        }
        if (hasNoWords(proc)) {
            return stat.isDead() ? Argv.of() : Argv.UNREADABLE;
        }
        return Argv.parse(proc.bytes(), proc.length());
    }

    /** Where to read what a dead main thread no longer shows, and the others still share; empty if there is none. */
    private String liveThread(int pid) {
        for (int thread : proc.list(pid, "task").numbers()) {
            String path = "task/" + thread + "/";
            if (thread != pid && proc.read(pid, path + "cmdline") == Answer.READ && !hasNoWords(proc)) {
                return path;
            }
        }
        return "";
    }

    private ProcessEntry entry(int pid, StatLine stat, int uid, Argv argv, Executable executable) {
        return new ProcessEntry(
                new ProcessIdentity(boot.id(), pid, stat.startTicks()),
                stat.parentPid(),
                stat.state(),
                stat.threads(),
                uid,
                argv,
                executable,
                stat.comm());
    }

    /** Whether the command line read last is empty or wiped. */
    static boolean hasNoWords(ProcFs cmdline) {
        for (int i = 0; i < cmdline.length(); i++) {
            if (cmdline.bytes()[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
