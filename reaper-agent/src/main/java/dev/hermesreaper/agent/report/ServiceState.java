package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.state.Counts;
import dev.hermesreaper.agent.state.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the service of one state directory lives, and what it said last.
 *
 * @param hostName the machine
 * @param stateDirectory whose service
 * @param now when this was asked
 * @param status what a service said last
 * @param life whether that one lives
 * @param pause the operator's pause in force
 * @param counts what all passes came to, whoever ran them
 * @param machine where the service of the machine keeps its state, if there is or was one and this is not it
 */
public record ServiceState(
        String hostName,
        Path stateDirectory,
        Moment now,
        Optional<Status> status,
        Life life,
        Optional<Pause> pause,
        Counts counts,
        Optional<Path> machine) {

    /** A pass may take its time; beyond this it is said to be overdue. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What became of a service. */
    public enum Life {
        /** It lives and passes as it should. */
        RUNNING("running"),
        /** It lives, but its next pass is late. */
        OVERDUE("overdue"),
        /** It ended in good order. */
        STOPPED("stopped"),
        /** It ended without a word: killed, or the machine went down. */
        DIED("died"),
        /** None ever ran here. */
        NONE("none");

        private final String word;

        Life(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public boolean isAlive() {
            return this == RUNNING || this == OVERDUE;
        }
    }

    /**
     * Judges the life of a service: whether what has its pid started at the same tick. The boot id is not compared: in a
     * container (systemd-nspawn, LXC) another one may be mounted over the kernel's, and a service does not see that one
     * where its sandbox has a {@code /proc} of its own (ProtectKernelTunables, with systemd 252 but not with 257).
     *
     * @param process what has its pid now
     */
    public static Life life(Optional<Status> status, Optional<ProcessEntry> process, Moment now) {
        if (status.isEmpty()) {
            return Life.NONE;
        }
        boolean lives = process.filter(it -> !it.isZombie())
                .filter(it ->
                        it.identity().startTicks() == status.get().service().startTicks())
                .isPresent();
        if (!lives) {
            return status.get().stopped() ? Life.STOPPED : Life.DIED;
        }
        return late(status.get(), now).compareTo(PATIENCE) > 0 ? Life.OVERDUE : Life.RUNNING;
    }

    /** By how much its next pass is late, time asleep not counted; negative if it is still to come. */
    static Duration late(Status status, Moment now) {
        return now.awake().minus(status.writtenAt().awake()).minus(status.nextPassIn());
    }
}
