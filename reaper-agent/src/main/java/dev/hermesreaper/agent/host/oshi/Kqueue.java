package dev.hermesreaper.agent.host.oshi;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code kqueue(2)} of macOS: the bytes of {@code struct kevent} with 64-bit pointers, and the calls. Written against its
 * manual page and {@code sys/event.h}, not yet run on such a machine.
 */
final class Kqueue {

    static final short PROC = -5;
    static final short USER = -10;
    static final short ADD = 0x0001;
    static final short DELETE = 0x0002;
    static final short ONESHOT = 0x0010;
    static final short CLEAR = 0x0020;
    static final int NOTE_EXIT = 0x80000000;
    static final int NOTE_TRIGGER = 0x01000000;
    static final int ESRCH = 3;
    static final int EINTR = 4;

    /** {@code sizeof(struct kevent)}. */
    static final int SIZE = 32;

    /** No events, or no changes. */
    static final byte[] NONE = {};

    private Kqueue() {}

    /** The two system calls; a negative answer is an errno. */
    interface Kernel {

        Kernel OF_THIS_MACHINE = new Calls();

        /** {@code kqueue()}: a descriptor. */
        int kqueue();

        /**
         * {@code kevent()}.
         *
         * @param changes to be made, {@link #SIZE} bytes each
         * @param events room for what happened; none means not to wait
         * @return how many events there are
         */
        int kevent(int queue, byte[] changes, byte[] events, Duration atMost);

        void close(int queue);
    }

    /** One {@code struct kevent}: a change asked for, or an event that happened. */
    record Event(long ident, short filter, short flags, int filterFlags) {

        byte[] bytes() {
            return buffer(new byte[SIZE])
                    .putLong(ident)
                    .putShort(filter)
                    .putShort(flags)
                    .putInt(filterFlags)
                    .array();
        }

        static Event at(byte[] bytes, int index) {
            ByteBuffer buffer = buffer(bytes).position(index * SIZE);
            return new Event(buffer.getLong(), buffer.getShort(), buffer.getShort(), buffer.getInt());
        }

        private static ByteBuffer buffer(byte[] bytes) {
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static final class Calls implements Kernel {

        @Override
        public int kqueue() {
            try {
                return C.kqueue();
            } catch (LastErrorException e) {
                return -e.getErrorCode();
            }
        }

        @Override
        public int kevent(int queue, byte[] changes, byte[] events, Duration atMost) {
            long[] timeout = {atMost.toSeconds(), atMost.toNanosPart()};
            try {
                return C.kevent(
                        queue,
                        changes.length == 0 ? null : changes,
                        changes.length / SIZE,
                        events.length == 0 ? null : events,
                        events.length / SIZE,
                        timeout);
            } catch (LastErrorException e) {
                return -e.getErrorCode();
            }
        }

        @Override
        public void close(int queue) {
            try {
                C.close(queue);
            } catch (LastErrorException e) {
                // It was open, so it is closed now whatever the answer (close(2)).
            }
        }
    }

    /** Loaded with the first call. */
    private static final class C {

        static {
            Native.register(C.class, "c");
        }

        static native int kqueue() throws LastErrorException;

        static native int kevent(
                int queue,
                byte @Nullable [] changes,
                int changeCount,
                byte @Nullable [] events,
                int eventCount,
                long[] timeout)
                throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }
}
