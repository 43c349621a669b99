package dev.hermesreaper.agent.state;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two passes apart, for as long as one takes. The kernel holds it ({@code fcntl(2)} on {@code pass.lock}) and lets go
 * when the process ends, however it ends, so none is ever stale. The file names its holder, for the operator only; it is
 * believed while the lock is held and that very process lives.
 *
 * <p>The lock belongs to the process, not to the descriptor: closing <em>any</em> descriptor of the file would let go of it
 * behind the holder's back. So nobody else in this program may open {@code pass.lock}, and a second attempt within the
 * process is answered here without opening it.
 */
public final class PassLock implements AutoCloseable {

    private static final String NAME = "pass.lock";
    private static final String SERVICE = "service.lock";
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LONGEST_SIGNATURE = 256;

    /**
     * The locks this process holds or is just trying. Static, because the kernel's lock is one per process too.
     */
    private static final Set<Taken> TAKEN_HERE = ConcurrentHashMap.newKeySet();

    /** A lock by its directory and name. Compared by hand: a record makes its code for that when first asked, in 10 ms. */
    private record Taken(long device, long inode, String name) {

        static Taken of(Inode directory, String name) {
            return new Taken(directory.device(), directory.number(), name);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Taken that
                    && that.device == device
                    && that.inode == inode
                    && that.name.equals(name);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(device) * 31 + Long.hashCode(inode);
        }
    }

    private final Path file;
    private final Taken taken;
    private final FileChannel channel;
    private boolean locked;

    private PassLock(Path file, Taken taken, FileChannel channel) {
        this.file = file;
        this.taken = taken;
        this.channel = channel;
    }

    /**
     * Tries to get the lock until it is free or {@code atMost} has passed, not counting time asleep; once if that is zero.
     *
     * @throws InterruptedException if interrupted while waiting; nothing is held then
     */
    public static LockAttempt acquire(StateDirectory directory, Duration atMost, Host host)
            throws InterruptedException {
        Moment start = host.now();
        LockAttempt attempt = attempt(directory, host);
        while (attempt.isBusy()) {
            Duration left = atMost.minus(host.now().awake().minus(start.awake()));
            if (left.isZero() || left.isNegative()) {
                return attempt;
            }
            host.sleep(left.compareTo(PAUSE) < 0 ? left : PAUSE);
            attempt = attempt(directory, host);
        }
        return attempt;
    }

    /**
     * Tries once to get the lock a service holds all its life, {@code service.lock}, so that there is one service for a state
     * directory. Not the lock of a pass: that is taken by a service for each of its passes.
     */
    public static LockAttempt ofService(StateDirectory directory, Host host) {
        return attempt(directory, SERVICE, host);
    }

    private static LockAttempt attempt(StateDirectory directory, Host host) {
        return attempt(directory, NAME, host);
    }

    private static LockAttempt attempt(StateDirectory directory, String name, Host host) {
        if (!directory.isUsable()) {
            return directory.problem().map(LockAttempt::impossible).orElseThrow();
        }
        Path file = directory.file(name);
        try {
            Optional<String> refusal = directory.refusal(file);
            if (refusal.isPresent()) {
                return LockAttempt.impossible(refusal.get());
            }
            Optional<Inode> inode = Inode.at(directory.path());
            if (inode.isEmpty()) {
                return LockAttempt.impossible(directory.path() + " does not exist");
            }
            Taken taken = Taken.of(inode.get(), name);
            return TAKEN_HERE.add(taken)
                    ? attempt(file, taken, host)
                    : LockAttempt.heldBy(Optional.of(host.self().pid()));
        } catch (IOException e) {
            return LockAttempt.impossible("cannot lock %s: %s".formatted(file, StateDirectory.why(e)));
        }
    }

    private static LockAttempt attempt(Path file, Taken taken, Host host) throws IOException {
        PassLock lock = new PassLock(file, taken, open(file, taken));
        boolean keep = false;
        try {
            lock.locked = lock.isFree();
            if (!lock.locked) {
                return LockAttempt.heldBy(holder(lock.channel, host));
            }
            lock.sign(host);
            keep = true;
            return LockAttempt.got(lock);
        } finally {
            if (!keep) {
                lock.close();
            }
        }
    }

    private static FileChannel open(Path file, Taken taken) throws IOException {
        Set<OpenOption> options = Set.of(
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            return FileChannel.open(file, options, StateDirectory.PRIVATE_FILE);
        } catch (IOException e) {
            TAKEN_HERE.remove(taken);
            throw e;
        }
    }

    private boolean isFree() throws IOException {
        try {
            return Optional.<FileLock>ofNullable(channel.tryLock()).isPresent();
        } catch (OverlappingFileLockException e) {
            return false; // held by a copy of this class in the same process, from another class loader
        }
    }

    /** Names us in the file. On a full disk it stays without a name; the lock holds all the same. */
    private void sign(Host host) {
        try {
            channel.truncate(0);
            Optional<ProcessEntry> us = host.entry(host.self().pid());
            if (us.isPresent()) {
                channel.write(ByteBuffer.wrap(signature(us.get()).getBytes(StandardCharsets.UTF_8)), 0);
            }
        } catch (IOException e) {
            // Only the name is lost.
        }
    }

    /** Names one process for good, so that a dead holder's pid in the hands of another process is not taken for it. */
    private static String signature(ProcessEntry process) {
        ProcessIdentity identity = process.identity();
        return identity.pid() + " " + identity.startTicks() + " " + identity.bootId() + "\n";
    }

    /**
     * The pid of the pass that runs now, for a question: nothing is locked. Believed as far as the name in the file is: a
     * killed pass leaves one, and is not taken for alive.
     */
    public static Optional<Integer> running(StateDirectory directory, Host host) {
        Path file = directory.file(NAME);
        try {
            Optional<Taken> key = Inode.at(directory.path()).map(inode -> Taken.of(inode, NAME));
            if (key.filter(TAKEN_HERE::contains).isPresent()) {
                return Optional.of(host.self().pid());
            }
            if (!directory.isUsable() || directory.refusal(file).isPresent()) {
                return Optional.empty();
            }
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                return holder(channel, host);
            }
        } catch (IOException e) {
            return Optional.empty(); // no pass has run here, or not one this user could know of
        }
    }

    /** Who signed the file last, if that process still lives. */
    private static Optional<Integer> holder(FileChannel channel, Host host) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_SIGNATURE);
        channel.read(bytes, 0);
        String signature = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return pid(signature)
                .flatMap(host::entry)
                .filter(process -> signature(process).equals(signature))
                .map(ProcessEntry::pid);
    }

    private static Optional<Integer> pid(String signature) {
        try {
            return Optional.of(Integer.valueOf(signature.substring(0, Math.max(0, signature.indexOf(' ')))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    void requireHeldOn(StateDirectory of) {
        if (!locked || !file.equals(of.file(NAME))) {
            throw new IllegalArgumentException("the lock of " + of.path() + " is not held");
        }
    }

    /** Lets go of it. A second time does nothing. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // by now a later lock may stand in TAKEN_HERE
        }
        try (channel) {
            if (locked) {
                locked = false;
                channel.truncate(0);
            }
        } catch (IOException e) {
            // Closing lets go in any case, and a name left in the file is not believed once we are gone.
        } finally {
            TAKEN_HERE.remove(taken);
        }
    }
}
