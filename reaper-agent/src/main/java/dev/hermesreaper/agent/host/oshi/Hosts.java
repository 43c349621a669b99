package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Chooses how this machine is read. */
public final class Hosts {

    private Hosts() {}

    /**
     * This machine.
     *
     * @param source what reads its process table
     * @param traces words without which a command line is of no interest
     * @param variables the environment variables to keep of a candidate
     * @throws HostException if it cannot be read that way
     */
    public static Host of(Source source, List<String> traces, Set<String> variables) {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return switch (source) {
                case AUTO -> new LinuxHost(traces, variables, new OshiOpinion());
                case PROC -> new LinuxHost(traces, variables);
                case OSHI -> new OshiOnLinux(new LinuxHost(traces, variables), traces);
            };
        }
        if (source == Source.PROC) {
            throw new HostException("cannot read /proc: this is no Linux; use --source auto or oshi");
        }
        return new OshiHost(variables);
    }
}
