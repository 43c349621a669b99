package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the service knows about itself.
 *
 * @param pid its process
 * @param startedAt when it began
 * @param lastPassAt when the last pass that could look was over
 * @param passes how many passes there were since it began
 * @param nextPassIn how long until the next pass, if nothing happens before; counted from this call
 * @param watched the gateways and owners whose end wakes it
 * @param unwatched why some end would not wake it, and is seen by the next pass only; empty if all would
 * @param configProblem why the newest configuration is not in force; empty if it is
 * @param gap how much time was lost right before the last pass, to a suspend or a stop of this program
 * @param blind whether the last pass said nothing about leaks at all
 */
record Vitals(
        int pid,
        Moment startedAt,
        Optional<Moment> lastPassAt,
        long passes,
        Duration nextPassIn,
        Set<ProcessIdentity> watched,
        Optional<String> unwatched,
        Optional<String> configProblem,
        Optional<Duration> gap,
        boolean blind) {

    Vitals {
        watched = Set.copyOf(watched);
    }
}
