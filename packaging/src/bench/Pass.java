import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.host.ForwardingHost;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.process.ProcessTable;
import dev.hermesreaper.agent.reap.Restraint;
import dev.hermesreaper.agent.sighting.Sightings;
import dev.hermesreaper.agent.state.PauseFile;
import dev.hermesreaper.agent.sweep.Agent;
import dev.hermesreaper.agent.sweep.Inspector;
import dev.hermesreaper.agent.sweep.Memory;
import dev.hermesreaper.agent.sweep.Sweep;
import dev.hermesreaper.agent.sweep.SweepRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** One pass after another as the service takes them: a look, verdicts on all it shows, and what is written down of it. */
final class Pass {

    private final Path state;
    private final Supplier<LinuxHost> anew;
    private final Agent agent;
    private final Inspector inspector;
    private LinuxHost next;

    /** @param anew gives a host that has not looked yet, and so has to read every process, as after 30 s */
    Pass(Path state, Supplier<LinuxHost> anew) {
        this.state = state;
        this.anew = anew;
        this.next = anew.get();
        this.agent = Agent.of(
                Config.defaults(),
                new ForwardingHost(next) {
                    @Override
                    public ProcessTable table() {
                        return next.table();
                    }
                },
                Users.ofThisMachine(),
                state);
        this.inspector = agent.inspector(look -> Sightings.NONE);
    }

    /** To be called before each: the service has its host already. */
    void prepare() {
        next = anew.get();
    }

    Object take() {
        try (Memory memory = Memory.take(state, agent.host(), Duration.ZERO, System.err::println)
                .memory()
                .orElseThrow()) {
            SweepRequest request = new SweepRequest(SweepRequest.idAt(agent.host().now()), false, false, Set.of());
            Restraint restraint = PauseFile.in(state, agent.host())::now;
            Sweep.Done done = agent.sweep(memory.ledger(agent, request), restraint, Sweep.Progress.NONE)
                    .step(request, inspector);
            memory.remember(agent, done);
            return done;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
