package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Home;
import dev.hermesreaper.agent.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is reported of one gateway.
 *
 * @param gateway as it was seen
 * @param verdict of an entry, what was decided about it; every other kind is never judged
 * @param startedAt wall clock of the look less its age
 * @param age at the look, sleep included; never negative
 * @param user name of its user, the number where it has none
 * @param tally the workers it owns
 */
public record GatewayLine(
        Gateway gateway,
        Optional<Verdict> verdict,
        Instant startedAt,
        Duration age,
        Optional<String> user,
        Tally tally) {

    public int pid() {
        return gateway.pid();
    }

    /** Whether the gateway itself, an entry, is leaked. */
    public boolean isLeaked() {
        return verdict.filter(it -> it.decision().isLeak()).isPresent();
    }

    public Optional<String> home() {
        return Optional.of(gateway.home()).filter(Home::known).map(Home::path);
    }
}
