package dev.hermesreaper.agent.judge;

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
            return clients.countable()
                    ? Finding.none(owner.get(), " has no clients at all")
                    : Finding.none("whether ", owner.get(), " has clients cannot be told: ", clients.why());
        }
        Statement fact = Statement.of(
                owner.get(),
                " has ",
                it.fellows().size(),
                " workers and ",
                clients.attached(),
                " clients, this worker ranks ",
                it.fellows().rank());
        if (!isBeyondClients(it)) {
            return Finding.none(fact);
        }
        if (!it.isIdleFor(policy.surplusIdle())) {
            return Finding.none(fact, ", but it is idle only for ", it.idleFor(), " of ", policy.surplusIdle());
        }
        Optional<Finding> objection = OnRecord.objection(it, it.idleFor());
        return objection.isPresent() ? objection.get() : Finding.due(fact, "; idle for ", it.idleFor());
    }

    @Override
    public List<Evidence> evidence(Case it) {
        Clients clients = it.clients();
        return List.of(new Evidence("clients", clients.attached() + " attached", clients.why()));
    }

    private static boolean isBeyondClients(Case it) {
        Clients clients = it.clients();
        return clients.countable() && clients.attached() > 0 && it.fellows().rank() > clients.attached();
    }
}
