package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;

/**
 * Holds whoever had the pid when it was opened, as a pidfd does. Without pidfds it holds nothing: it looks at who has the
 * pid now and signals that one if it looks the same.
 */
final class FakeHeld implements HeldProcess {
    private final World world;
    private final ProcessEntry chosen;
    private final FakeProcess target;
    private final boolean exact;
    private boolean closed;

    FakeHeld(World world, ProcessEntry chosen, FakeProcess target, boolean exact) {
        this.world = world;
        this.chosen = chosen;
        this.target = target;
        this.exact = exact;
    }

    @Override
    public ProcessEntry process() {
        return chosen;
    }

    @Override
    public boolean isExact() {
        return exact;
    }

    @Override
    public boolean hasExited() {
        requireOpen();
        return exact ? !world.isAlive(target) : same().isEmpty();
    }

    @Override
    public SignalResult signal(Signal signal) {
        requireOpen();
        world.asked("signal " + chosen.pid());
        Optional<FakeProcess> reached = exact ? Optional.of(target).filter(world::isAlive) : same();
        return reached.map(it -> world.deliver(it, signal)).orElse(SignalResult.GONE);
    }

    private Optional<FakeProcess> same() {
        return world.find(chosen.pid())
                .filter(now -> now.identity().equals(chosen.identity()))
                .filter(now -> now.entry().argv().equals(chosen.argv()))
                .filter(world::isAlive);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("process " + chosen.pid() + " is no longer held");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            world.release();
        }
    }
}
