package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.Tty;
import dev.hermesreaper.agent.host.linux.LinuxHost;
import dev.hermesreaper.agent.host.linux.LinuxTty;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Chooses how this machine is read. */
public final class Hosts {

    private static final Tty NO_TTY = new Tty() {
        @Override
        public Optional<Size> size() {
            return Optional.empty();
        }

        @Override
        public boolean takeKeys() {
            return false;
        }

        @Override
        public void restore() {}
    };

    private Hosts() {}

    /** The terminal of this program; where this is no Linux it takes text, and no more. */
    public static Tty tty() {
        return isLinux() ? new LinuxTty() : NO_TTY;
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    /**
     * This machine.
     *
     * @param source what reads its process table
     * @param traces words without which a command line is of no interest
     * @param variables the environment variables to keep of a candidate
     * @throws HostException if it cannot be read that way
     */
    public static Host of(Source source, List<String> traces, Set<String> variables) {
        if (isLinux()) {
            return switch (source) {
                case AUTO -> new LinuxHost(traces, variables, new OshiOpinion());
                case PROC -> new LinuxHost(traces, variables);
                case OSHI -> new OshiOnLinux(new LinuxHost(traces, variables), traces);
            };
        }
        if (source == Source.PROC) {
            throw new HostException("cannot read /proc: this is no Linux; use --source auto or oshi");
        }
        return OshiHost.ofThisMachine(variables);
    }
}
