package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.List;
import java.util.Optional;

/** What another reader says of processes that were just read. It decides nothing: it is evidence that both readers are sound. */
final class Opinions {

    private final OtherReader other;
    private final Host host;

    /** @param host reads a process again */
    Opinions(OtherReader other, Host host) {
        this.other = other;
        this.host = host;
    }

    /**
     * Where the other reader differs from {@code process} and {@code details}. These may be old by now, so it is compared
     * with a reading just before and one just after.
     */
    List<String> disagreements(ProcessEntry process, ProcessDetails details) {
        if (other == OtherReader.NONE || process.isZombie() || details.equals(ProcessDetails.UNREADABLE)) {
            return List.of();
        }
        Optional<ProcessEntry> before =
                host.entry(process.pid()).filter(it -> it.identity().equals(process.identity()));
        if (before.isEmpty()) {
            return List.of();
        }
        List<String> disagreements = other.disagreements(before.get(), details);
        boolean isUnmoved = disagreements.isEmpty()
                || host.entry(process.pid())
                        .filter(it -> isUnmoved(before.get(), it))
                        .isPresent();
        return isUnmoved ? disagreements : List.of();
    }

    /** Running and sleeping alternate all the time, everything else that is compared does not. */
    private static boolean isUnmoved(ProcessEntry before, ProcessEntry now) {
        return now.isSameProgramAs(before)
                && now.parentPid() == before.parentPid()
                && now.isZombie() == before.isZombie()
                && now.isStopped() == before.isStopped();
    }
}
