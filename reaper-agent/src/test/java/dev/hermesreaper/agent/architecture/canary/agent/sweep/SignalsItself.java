package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.util.Optional;
import java.util.function.Function;

final class SignalsItself {

    static SignalResult signal(HeldProcess process) {
        return process.signal(Signal.KILL);
    }

    static Optional<HeldProcess> hold(Host host, ProcessEntry process) {
        return host.hold(process);
    }

    static Function<Signal, SignalResult> reference(HeldProcess process) {
        return process::signal;
    }
}
