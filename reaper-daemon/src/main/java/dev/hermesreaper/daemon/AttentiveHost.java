package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.host.ForwardingHost;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * This machine for a service that must stop promptly and show that it goes on, also while a pass waits for victims to end.
 * A stop ends the pass by an {@link InterruptedException} at its waits only: interrupting the thread would close whatever
 * file it is just writing.
 */
final class AttentiveHost extends ForwardingHost {

    private static final Duration SLICE = Duration.ofMillis(200);

    private final BooleanSupplier stop;
    private final Pulse pulse;

    AttentiveHost(Host host, BooleanSupplier stop, Pulse pulse) {
        super(host);
        this.stop = stop;
        this.pulse = pulse;
    }

    /** Makes a step, unless it is time to stop. */
    private void attend() throws InterruptedException {
        if (stop.getAsBoolean()) {
            throw new InterruptedException("the service is to stop");
        }
        pulse.beat();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        attend();
        Moment start = now();
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left(start, time)) {
            super.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
            attend();
        }
    }

    @Override
    public void awaitExit(Collection<HeldProcess> held, Duration atMost) throws InterruptedException {
        attend();
        Moment start = now();
        for (Duration left = atMost; left.compareTo(Duration.ZERO) > 0; left = left(start, atMost)) {
            super.awaitExit(held, left.compareTo(SLICE) < 0 ? left : SLICE);
            attend();
            if (held.stream().anyMatch(HeldProcess::hasExited)) {
                return;
            }
        }
    }

    private Duration left(Moment start, Duration of) {
        return of.minus(now().awake().minus(start.awake()));
    }

    @Override
    public ProcessTable table() {
        pulse.beat();
        return super.table();
    }
}
