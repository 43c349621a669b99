package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.JudgePolicy;
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
final class UnattendedChainRule implements LeakRule {

    private final JudgePolicy policy;

    UnattendedChainRule(JudgePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Reason reason() {
        return Reason.ABANDONED;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.abandoned() == JudgePolicy.Action.IGNORE ? JudgePolicy.Action.IGNORE : JudgePolicy.Action.REPORT;
    }

    @Override
    public Finding examine(Case it) {
        Optional<Gateway> entry = it.worker().flatMap(it.look()::owner);
        Optional<Gateway.Chain> chain = entry.flatMap(Gateway::chain);
        if (entry.isEmpty() || chain.isEmpty()) {
            return Finding.none("not a chat of a dashboard's terminal");
        }
        Look look = it.look();
        String where = "node %d → entry %d under %s"
                .formatted(
                        chain.get().node().pid(),
                        entry.get().pid(),
                        look.gateway(chain.get().dashboard().identity())
                                .map(Gateway::name)
                                .orElse("a dashboard"));
        if (!look.isUnattended(entry.get())) {
            return Finding.none(where + ": every chat may have a client");
        }
        Duration unattended = it.unattendedFor();
        Duration idle = it.doing() == Doing.IDLE ? it.idleFor() : Duration.ZERO;
        Duration both = unattended.compareTo(idle) < 0 ? unattended : idle;
        int chats = look.chainsOf(chain.get().dashboard().identity()).size();
        int clients = look.gateway(chain.get().dashboard().identity())
                .map(above -> above.clients().attached())
                .orElse(0);
        String fact = "%s: %d chats, %d clients, idle and so for %s; left alone because node %d lives"
                .formatted(
                        where,
                        chats,
                        clients,
                        DurationText.spoken(both),
                        chain.get().node().pid());
        return both.compareTo(policy.abandonedIdle()) >= 0
                ? Finding.due(fact, List.of(new Evidence("chain", fact, "/proc/net/tcp")))
                : Finding.none("%s: %d chats, %d clients, but idle so only for %s of %s"
                        .formatted(
                                where,
                                chats,
                                clients,
                                DurationText.spoken(both),
                                DurationText.spoken(policy.abandonedIdle())));
    }
}
