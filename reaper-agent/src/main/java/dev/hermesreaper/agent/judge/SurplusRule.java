package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * Clients are attached to its gateway, but fewer than it has workers, and of those this one is not among the last active
 * ones. Some of such workers are surely leaked; which ones is not certain, so by default they are only shown.
 */
final class SurplusRule implements LeakRule {

    private final JudgePolicy policy;

    SurplusRule(JudgePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Reason reason() {
        return Reason.SURPLUS;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.surplus();
    }

    @Override
    public boolean hangsOnRecord(Case it) {
        return isBeyondClients(it) && it.isIdleFor(policy.surplusIdle());
    }

    @Override
    public Finding examine(Case it) {
        Optional<Gateway> owner = it.owner();
        if (owner.isEmpty() || it.worker().isEmpty()) {
            return Finding.none("its owner is no gateway, so it has no clients to count");
        }
        Clients clients = owner.get().clients();
        if (!clients.countable() || clients.attached() == 0) {
            return Finding.none(
                    clients.countable()
                            ? owner.get().name() + " has no clients at all"
                            : "whether " + owner.get().name() + " has clients cannot be told: " + clients.why());
        }
        int rank = it.fellows().rankOf(it.worker().get());
        String fact = "%s has %d workers and %d clients, this worker ranks %d"
                .formatted(owner.get().name(), it.fellows().size(), clients.attached(), rank);
        if (!isBeyondClients(it)) {
            return Finding.none(fact);
        }
        if (!it.isIdleFor(policy.surplusIdle())) {
            return Finding.none("%s, but it is idle only for %s of %s"
                    .formatted(fact, DurationText.spoken(it.idleFor()), DurationText.spoken(policy.surplusIdle())));
        }
        return OnRecord.objection(it, it.idleFor())
                .orElseGet(() -> Finding.due(
                        fact + "; idle for " + DurationText.spoken(it.idleFor()),
                        List.of(new Evidence("clients", clients.attached() + " attached", clients.why()))));
    }

    private static boolean isBeyondClients(Case it) {
        return it.worker().isPresent()
                && it.owner()
                        .map(Gateway::clients)
                        .filter(clients -> clients.countable() && clients.attached() > 0)
                        .filter(clients -> it.fellows().rankOf(it.worker().get()) > clients.attached())
                        .isPresent();
    }
}
