package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;

/** Process descriptors ({@code pidfd_open(2)}): what they refer to stays the same process, whatever becomes of its pid. */
final class Pidfds {

    private static final int POLLIN = 1;

    private Pidfds() {}

    /** Whether this kernel and sandbox let us use them; an old seccomp profile says EPERM. */
    static boolean areAvailable(int self) {
        try {
            int descriptor = (int) LibC.syscall(LibC.PIDFD_OPEN, self, 0, 0, 0);
            try {
                LibC.syscall(LibC.PIDFD_SEND_SIGNAL, descriptor, 0, 0, 0);
            } finally {
                LibC.close(descriptor);
            }
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == LibC.ENOSYS || e.getErrorCode() == LibC.EPERM) {
                return false;
            }
            throw new HostException("cannot open a pidfd: " + e.getMessage(), e);
        }
    }

    /** Holds on to whoever has the pid of {@code process} now; empty if nobody has. */
    static Optional<HeldProcess> open(ProcessEntry process) {
        try {
            int descriptor = (int) LibC.syscall(LibC.PIDFD_OPEN, process.pid(), 0, 0, 0);
            return Optional.of(new Pidfd(process, descriptor));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == LibC.ESRCH) {
                return Optional.empty();
            }
            throw new HostException("cannot hold on to process " + process.pid() + ": " + e.getMessage(), e);
        }
    }

    /** One process descriptor. Not for two threads at once, but closing twice is harmless. */
    static final class Pidfd implements HeldProcess {

        private final ProcessEntry process;
        private final int descriptor;
        private boolean noticed;
        private boolean closed;

        private Pidfd(ProcessEntry process, int descriptor) {
            this.process = process;
            this.descriptor = descriptor;
        }

        @Override
        public ProcessEntry process() {
            return process;
        }

        @Override
        public boolean isExact() {
            return true;
        }

        @Override
        public boolean hasExited() {
            requireOpen();
            noticed |= Poll.of(new int[] {descriptor, POLLIN}, 0) > 0;
            return noticed;
        }

        @Override
        public SignalResult signal(Signal signal) {
            requireOpen();
            return Signals.result(() -> LibC.syscall(LibC.PIDFD_SEND_SIGNAL, descriptor, Signals.number(signal), 0, 0));
        }

        int descriptor() {
            requireOpen();
            return descriptor;
        }

        /** Whether its exit has been told, by {@link #hasExited} or by a wait. */
        boolean isNoticed() {
            return noticed;
        }

        void notice() {
            noticed = true;
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("process " + process.pid() + " is no longer held");
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                LibC.close(descriptor);
            }
        }
    }
}
