package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Platform;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;

/** Sends signals and says how it went. */
final class Signals {

    private Signals() {}

    /** {@code kill(2)}; the pid may have changed hands, so only right after a look. */
    static SignalResult kill(int pid, Signal signal) {
        if (pid <= 1) {
            throw new IllegalArgumentException("never to be signalled: process " + pid);
        }
        return result(() -> LibC.kill(pid, number(signal)));
    }

    /** Whether anybody has this pid: {@code kill(2)} with signal 0, which reaches nobody. */
    static boolean isThere(int pid) {
        return result(() -> LibC.kill(pid, 0)) != SignalResult.GONE;
    }

    static int number(Signal signal) {
        return switch (signal) {
            case TERM -> 15;
            case CONT -> Platform.isLinux() ? 18 : 19;
            case KILL -> 9;
        };
    }

    static SignalResult result(Runnable call) {
        try {
            call.run();
            return SignalResult.SENT;
        } catch (LastErrorException e) {
            return switch (e.getErrorCode()) {
                case LibC.ESRCH -> SignalResult.GONE;
                case LibC.EPERM -> SignalResult.NOT_PERMITTED;
                default -> throw new HostException("cannot send a signal: " + e.getMessage(), e);
            };
        }
    }
}
