package dev.hermesreaper.daemon.architecture.canary;

import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Signal;
import dev.hermesreaper.agent.host.SignalResult;

final class SignalsItself {

    static SignalResult signal(HeldProcess process) {
        return process.signal(Signal.KILL);
    }
}
