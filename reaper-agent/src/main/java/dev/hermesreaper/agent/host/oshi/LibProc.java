package dev.hermesreaper.agent.host.oshi;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code proc_pidinfo} and {@code proc_pidfdinfo} of macOS, as {@code sys/proc_info.h} and {@code libproc.h} have them.
 * Refused for processes of other users unless this runs as root. Written against those headers, not yet run on a Mac: so
 * it is believed only once it has told the truth about a pipe of our own.
 */
final class LibProc implements OpenEnds {

    /** {@code PROC_PIDLISTFDS}. */
    private static final int LIST = 1;

    /** {@code PROC_PIDFDPIPEINFO}. */
    private static final int PIPE_INFO = 6;

    /** {@code PROX_FDTYPE_PIPE}. */
    private static final int PIPE = 6;

    /** {@code sizeof(struct proc_fdinfo)}. */
    private static final int ENTRY_SIZE = 8;

    /** {@code sizeof(struct pipe_fdinfo)}. */
    private static final int PIPE_SIZE = 184;

    /** Where {@code pipe_handle} is in it: behind a {@code proc_fileinfo} and a {@code vinfo_stat}. */
    private static final int HANDLE = 24 + 136;

    /** Descriptors that may be opened between the question how many there are and the one which. */
    private static final int SPARE = 32;

    private static final int TRIES = 3;

    /** {@code PROC_PPID_ONLY}. */
    private static final int CHILDREN = 6;

    /** Where it is there, but could not be tried: whoever reads what is then unknown. */
    private static final OpenEnds NOTHING_TO_BE_SEEN = new OpenEnds() {
        @Override
        public Optional<List<End>> of(int pid) {
            return Optional.empty();
        }

        @Override
        public List<Integer> children(int pid) {
            return List.of();
        }
    };

    private final Kernel kernel;

    LibProc(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The three calls; all answer how many bytes they filled, nothing or less where they may not or there is none. */
    interface Kernel {

        /** {@code proc_pidinfo}; without room it answers how many bytes it would take. */
        int processInfo(int pid, int flavor, byte @Nullable [] room);

        /** {@code proc_listpids}; without room it answers how many bytes it would take. */
        int processes(int which, int of, byte @Nullable [] room);

        /** {@code proc_pidfdinfo}. */
        int descriptorInfo(int pid, int descriptor, int flavor, byte[] room);
    }

    /** That of this machine; empty where it is not there or has not told the truth. */
    static Optional<OpenEnds> ofThisMachine() {
        try {
            OpenEnds ends = new LibProc(new Calls());
            int self = (int) ProcessHandle.current().pid();
            // Another thread may open a pipe of its own meanwhile.
            for (int i = 0; i < TRIES; i++) {
                if (tellsTheTruth(ends, self)) {
                    return Optional.of(ends);
                }
            }
            return Optional.empty();
        } catch (LinkageError missing) {
            return Optional.empty();
        } catch (IOException noDescriptors) {
            return Optional.of(NOTHING_TO_BE_SEEN);
        }
    }

    /** Whether a pipe is seen to have two ends that know each other, and its reader to be alone once the writer is closed. */
    static boolean tellsTheTruth(OpenEnds ends, int self) throws IOException {
        List<End> before = ends.of(self).orElse(List.of());
        Pipe pipe = Pipe.open();
        try {
            List<End> both = opened(ends, self, before);
            pipe.sink().close();
            List<End> alone = opened(ends, self, before);
            return areEndsOfOne(both) && alone.size() == 1 && alone.get(0).peer() == 0;
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    private static boolean areEndsOfOne(List<End> two) {
        return two.size() == 2
                && two.stream().allMatch(it -> it.own() != 0)
                && two.get(0).peer() == two.get(1).own()
                && two.get(1).peer() == two.get(0).own();
    }

    private static List<End> opened(OpenEnds ends, int self, List<End> before) {
        return ends.of(self).orElse(List.of()).stream()
                .filter(End::isPipe)
                .filter(end -> before.stream().noneMatch(it -> it.isPipe() && it.own() == end.own()))
                .toList();
    }

    @Override
    public Optional<List<End>> of(int pid) {
        int size = kernel.processInfo(pid, LIST, null);
        if (size <= 0) {
            return Optional.empty();
        }
        byte[] room = new byte[size + SPARE * ENTRY_SIZE];
        int filled = kernel.processInfo(pid, LIST, room);
        if (filled <= 0 || filled >= room.length) {
            return Optional.empty(); // it opens faster than it can be asked
        }
        List<End> ends = new ArrayList<>();
        ByteBuffer entries =
                ByteBuffer.wrap(room, 0, filled - filled % ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        while (entries.hasRemaining()) {
            int descriptor = entries.getInt();
            ends.add(entries.getInt() == PIPE ? pipe(pid, descriptor) : new End(descriptor, false, 0, 0));
        }
        return Optional.of(ends);
    }

    @Override
    public List<Integer> children(int pid) {
        int size = kernel.processes(CHILDREN, pid, null);
        if (size <= 0) {
            return List.of();
        }
        byte[] room = new byte[size + SPARE * Integer.BYTES];
        int filled = Math.max(0, kernel.processes(CHILDREN, pid, room));
        IntBuffer pids = ByteBuffer.wrap(room, 0, filled - filled % Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        List<Integer> children = new ArrayList<>();
        while (pids.hasRemaining()) {
            int child = pids.get();
            if (child > 0) {
                children.add(child);
            }
        }
        return children;
    }

    /** One that was closed meanwhile is no pipe any more. */
    private End pipe(int pid, int descriptor) {
        byte[] room = new byte[PIPE_SIZE];
        if (kernel.descriptorInfo(pid, descriptor, PIPE_INFO, room) != PIPE_SIZE) {
            return new End(descriptor, false, 0, 0);
        }
        ByteBuffer info = ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN);
        return new End(descriptor, true, info.getLong(HANDLE), info.getLong(HANDLE + Long.BYTES));
    }

    private static final class Calls implements Kernel {

        @Override
        public int processInfo(int pid, int flavor, byte @Nullable [] room) {
            return C.proc_pidinfo(pid, flavor, 0, room, room == null ? 0 : room.length);
        }

        @Override
        public int processes(int which, int of, byte @Nullable [] room) {
            return C.proc_listpids(which, of, room, room == null ? 0 : room.length);
        }

        @Override
        public int descriptorInfo(int pid, int descriptor, int flavor, byte[] room) {
            return C.proc_pidfdinfo(pid, descriptor, flavor, room, room.length);
        }
    }

    /** Loaded with the first call. */
    private static final class C {

        static {
            Native.register(C.class, "System");
        }

        static native int proc_pidinfo(int pid, int flavor, long argument, byte @Nullable [] room, int size);

        static native int proc_listpids(int which, int of, byte @Nullable [] room, int size);

        static native int proc_pidfdinfo(int pid, int descriptor, int flavor, byte[] room, int size);
    }
}
