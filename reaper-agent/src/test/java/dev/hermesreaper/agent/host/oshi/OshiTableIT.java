package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.linux.RealProcesses;
import dev.hermesreaper.agent.host.linux.TableReaderContract;
import java.util.Set;

/** OSHI misreads hostile processes; it must say so for each of them. */
final class OshiTableIT extends TableReaderContract {

    private static final Host HOST = Hosts.of(Source.OSHI, RealProcesses.TRACES, Set.of());

    @Override
    protected Host host() {
        return HOST;
    }

    @Override
    protected boolean isExact() {
        return false;
    }

    @Override
    protected int readings() {
        return 20;
    }
}
