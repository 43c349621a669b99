package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.host.Self;
import dev.hermesreaper.agent.process.Gap;
import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.process.ProcessTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one look at this machine showed: its gateways, its slash workers, and what could not be seen.
 *
 * @param self who looked
 * @param table the process table behind it
 * @param readBy when the counters of every candidate had been read: what began by then may have begun so late
 * @param gateways oldest first
 * @param workers oldest first
 * @param gaps everything that could not be read although it could matter
 * @param memory the machine's memory
 */
public record Look(
        Self self,
        ProcessTable table,
        Moment readBy,
        List<Gateway> gateways,
        List<SlashWorker> workers,
        List<Gap> gaps,
        HostMemory memory) {

    public Look {
        gateways = List.copyOf(gateways);
        workers = List.copyOf(workers);
        gaps = List.copyOf(gaps);
    }

    public Moment at() {
        return table.at();
    }

    /** Whether nothing that could matter was hidden. */
    public boolean isComplete() {
        return gaps.isEmpty();
    }

    /** The workers that are not dead. */
    public List<SlashWorker> livingWorkers() {
        List<SlashWorker> living = new ArrayList<>();
        for (SlashWorker worker : workers) {
            if (!worker.process().isZombie()) {
                living.add(worker);
            }
        }
        return living;
    }

    /** Whether no living worker of {@code gateway} was recognised. */
    public boolean isWorkerless(Gateway gateway) {
        for (SlashWorker worker : workers) {
            Optional<ProcessEntry> owner = worker.ownership().owner();
            if (!worker.process().isZombie()
                    && owner.isPresent()
                    && owner.get().identity().equals(gateway.identity())) {
                return false;
            }
        }
        return true;
    }

    /** Children of {@code gateway} that run something of {@code tui_gateway} nobody here knows: workers of another shape? */
    public List<ProcessEntry> unrecognisedChildren(Gateway gateway) {
        List<ProcessEntry> unrecognised = new ArrayList<>();
        for (ProcessEntry child : gateway.descendants()) {
            if (child.parentPid() == gateway.pid()
                    && !child.isZombie()
                    && Recognition.mayBeNewerHermes(child)
                    && worker(child.identity()).isEmpty()
                    && gateway(child.identity()).isEmpty()) {
                unrecognised.add(child);
            }
        }
        return unrecognised;
    }

    public Optional<Gateway> gateway(ProcessIdentity identity) {
        for (Gateway gateway : gateways) {
            if (gateway.identity().equals(identity)) {
                return Optional.of(gateway);
            }
        }
        return Optional.empty();
    }

    public Optional<SlashWorker> worker(ProcessIdentity identity) {
        for (SlashWorker worker : workers) {
            if (worker.identity().equals(identity)) {
                return Optional.of(worker);
            }
        }
        return Optional.empty();
    }

    /** The gateway that owns {@code worker}; empty where nobody does, or a parent that is no gateway. */
    public Optional<Gateway> owner(SlashWorker worker) {
        Optional<ProcessEntry> owner = worker.ownership().owner();
        return owner.isPresent() ? gateway(owner.get().identity()) : Optional.empty();
    }

    /** All chats of the terminal of {@code dashboard}, oldest first. */
    public List<Gateway> chainsOf(ProcessIdentity dashboard) {
        return gateways.stream()
                .filter(gateway -> gateway.chain()
                        .filter(chain -> chain.dashboard().identity().equals(dashboard))
                        .isPresent())
                .toList();
    }

    /** Whether {@code gateway} has no client, or is one of more chats than its dashboard has clients. */
    public boolean isUnattended(Gateway gateway) {
        if (gateway.chain().isPresent()) {
            ProcessIdentity above = gateway.chain().get().dashboard().identity();
            Clients clients = gateway(above).map(Gateway::clients).orElse(Clients.unknown("gone"));
            return clients.countable() && clients.attached() < chainsOf(above).size();
        }
        return gateway.clients().countable() && gateway.clients().attached() == 0;
    }

    /** The running commands of a gateway itself: a turn's shells, not its workers or MCP servers. */
    public List<ProcessEntry> commandsOf(Gateway gateway) {
        return Lookout.commands(
                gateway.descendants(),
                it -> Recognition.isMcpWatchdog(it) || Recognition.isWorkerShaped(it),
                Lookout.lastStartUpTick(gateway.process(), table));
    }

    /** Time since the worker started. */
    public Duration ageOf(SlashWorker worker) {
        return table.ageOf(worker.process());
    }
}
