package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.Host;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The byte reader must be right about everything. */
@ParameterizedClass
@EnumSource
final class LinuxTableIT extends TableReaderContract {

    private final Host host;

    LinuxTableIT(Means means) {
        this.host = means.host();
    }

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
        return 100;
    }
}
