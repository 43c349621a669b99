package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/**
 * A process that starts slash workers and answers for them.
 *
 * @param process its line of the process table
 * @param kind which of Hermes' programs it is
 * @param details what was read of it besides
 * @param home the Hermes home it works for
 * @param clients how many are attached to it
 * @param reach for an {@link GatewayKind#ENTRY}, whether anybody is left who could speak to it; else owned by itself
 * @param chain for an entry below a dashboard's node TUI, that chain
 * @param descendants everything below it, parents first
 */
public record Gateway(
        ProcessEntry process,
        GatewayKind kind,
        ProcessDetails details,
        Home home,
        Clients clients,
        Ownership reach,
        Optional<Chain> chain,
        List<ProcessEntry> descendants) {

    public Gateway {
        descendants = List.copyOf(descendants);
    }

    /**
     * A chat of a dashboard's terminal: dashboard → node → entry. It is looked at only through the dashboard, so a
     * dashboard with fewer clients than chains has chains nobody looks at.
     *
     * @param dashboard the dashboard above
     * @param node the node TUI that holds the entry's stdin
     */
    public record Chain(ProcessEntry dashboard, ProcessEntry node) {}

    public ProcessIdentity identity() {
        return process.identity();
    }

    public int pid() {
        return process.pid();
    }

    /** As a person would call it: {@code dashboard 8123}. */
    public String name() {
        return kind.word() + " " + pid();
    }
}
