package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.List;

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
        String where = "node %d → entry %d under %s"
                .formatted(
                        chain.node().pid(),
                        entry.pid(),
                        look.gateway(chain.dashboard().identity())
                                .map(Gateway::name)
                                .orElse("a dashboard"));
        if (!look.isUnattended(entry)) {
            return Finding.none(where + ": every chat may have a client");
        }
        Duration idle = it.doing() == Doing.IDLE ? it.idleFor() : Duration.ZERO;
        Duration both = idle.compareTo(it.unattendedFor()) < 0 ? idle : it.unattendedFor();
        int clients = look.gateway(chain.dashboard().identity())
                .map(above -> above.clients().attached())
                .orElse(0);
        String fact = "%s: %d chats, %d clients, idle and so for %s"
                .formatted(
                        where, look.chainsOf(chain.dashboard().identity()).size(), clients, DurationText.spoken(both));
        if (both.compareTo(longEnough) < 0) {
            return Finding.none(fact + " of " + DurationText.spoken(longEnough) + " only");
        }
        String left = fact + "; left alone because node " + chain.node().pid() + " lives";
        return Finding.dueButLeft(left, List.of(new Evidence("chain", left, "/proc/net/tcp")));
    }
}
