package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What another reader says of candidates. It costs as much as everything else of a look together, so one that agreed is
 * believed for ten minutes, while nothing has changed that it is asked about; one that did not is asked in every look.
 */
final class Opinions {

    /** Its opinion decides nothing, it is evidence that both readers are sound. */
    static final Duration LASTS = Duration.ofMinutes(10);

    private static final int MOST = 4096;

    private final OtherReader other;
    private final IntFunction<Optional<ProcessEntry>> look;
    private final Map<ProcessIdentity, Agreement> agreed = new HashMap<>();

    private record Agreement(ProcessEntry process, Duration at) {}

    /** @param look reads a process again; empty if it is gone */
    Opinions(OtherReader other, IntFunction<Optional<ProcessEntry>> look) {
        this.other = other;
        this.look = look;
    }

    /**
     * Where the other reader differs from {@code process} and {@code details}. These may be old by now, so it is compared
     * with a reading just before and one just after.
     */
    List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        if (other == OtherReader.NONE || process.isZombie() || details.equals(ProcessDetails.UNREADABLE)) {
            return List.of();
        }
        Duration now = LinuxClock.awake();
        if (hasAgreed(process, now)) {
            return List.of();
        }
        Optional<ProcessEntry> before =
                look.apply(process.pid()).filter(it -> it.identity().equals(process.identity()));
        if (before.isEmpty()) {
            return List.of();
        }
        List<String> disagreements = other.disagreements(before.get(), details);
        if (disagreements.isEmpty()) {
            agree(before.get(), now);
            return List.of();
        }
        return look.apply(process.pid())
                        .filter(it -> isUnmoved(before.get(), it))
                        .isPresent()
                ? disagreements
                : List.of();
    }

    private synchronized boolean hasAgreed(ProcessEntry process, Duration now) {
        return Optional.ofNullable(agreed.get(process.identity()))
                .filter(it -> isUnmoved(it.process(), process))
                .filter(it -> now.minus(it.at()).compareTo(LASTS) < 0)
                .isPresent();
    }

    private synchronized void agree(ProcessEntry process, Duration now) {
        if (agreed.size() >= MOST) {
            agreed.clear();
        }
        agreed.put(process.identity(), new Agreement(process, now));
    }

    /** Running and sleeping alternate all the time, everything else that is compared does not. */
    private static boolean isUnmoved(ProcessEntry before, ProcessEntry now) {
        return now.isSameProgramAs(before)
                && now.parentPid() == before.parentPid()
                && now.isZombie() == before.isZombie()
                && now.isStopped() == before.isStopped();
    }
}
