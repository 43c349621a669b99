package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Host;
import java.util.Set;

/** The byte reader must be right about everything. */
final class LinuxTableIT extends TableReaderContract {

    private final Host host = new LinuxHost(RealProcesses.TRACES, Set.of());

    @Override
    protected Host host() {
        return host;
    }

    @Override
    protected boolean isExact() {
        return true;
    }

    @Override
    protected int readings() {
        return 200;
    }
}
