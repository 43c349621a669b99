package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.host.Signal;
import java.time.Duration;

/**
 * A signal that reached a process.
 *
 * @param pid whose it was then
 * @param to the very process
 * @param signal which
 * @param at time since the test began
 */
public record SentSignal(int pid, FakeProcess to, Signal signal, Duration at) {
    @Override
    public String toString() {
        return "%s %d after %s".formatted(signal, pid, at);
    }
}
