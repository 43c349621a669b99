package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Its chat lives (dashboard, node, entry, worker), but the dashboard has fewer clients than chats, so nobody looks at some
 * of them. Node alive means its own gateway still answers for it: a leak we show and leave, whatever is configured.
 */
final class UnattendedChain {

    private final Duration longEnough;

    UnattendedChain(Duration longEnough) {
        this.longEnough = longEnough;
    }

    Finding examine(Case it, Gateway entry) {
        Gateway.Chain chain = entry.chain().orElseThrow();
        Look look = it.look();
        Optional<Gateway> dashboard = look.gateway(chain.dashboard().identity());
        Statement where = Statement.of(
                "node ",
                chain.node().pid(),
                " → entry ",
                entry.pid(),
                " under ",
                dashboard.isPresent() ? dashboard.get() : "a dashboard");
        if (!look.isUnattended(entry)) {
            return Finding.none(where, ": every chat may have a client");
        }
        Duration idle = it.doing() == Doing.IDLE ? it.idleFor() : Duration.ZERO;
        Duration both = idle.compareTo(it.unattendedFor()) < 0 ? idle : it.unattendedFor();
        Statement fact = Statement.of(
                where,
                ": ",
                look.chainsOf(chain.dashboard().identity()).size(),
                " chats, ",
                dashboard.isPresent() ? dashboard.get().clients().attached() : 0,
                " clients, idle and so for ",
                both);
        return both.compareTo(longEnough) < 0
                ? Finding.none(fact, " of ", longEnough, " only")
                : Finding.dueButLeft(
                        fact, "; left alone because node ", chain.node().pid(), " lives");
    }

    List<Evidence> evidence(Case it, Gateway entry) {
        return List.of(new Evidence("chain", examine(it, entry).detail().toString(), "/proc/net/tcp"));
    }
}
