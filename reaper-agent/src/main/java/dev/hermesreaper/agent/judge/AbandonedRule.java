package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * No client was attached to its gateway for as long as it has been idle, and nothing of its session is on record in that
 * time. A chat of a dashboard's terminal whose node lives is shown and left, see {@link UnattendedChain}.
 */
final class AbandonedRule implements LeakRule {

    private final JudgePolicy policy;
    private final UnattendedChain chain;

    AbandonedRule(JudgePolicy policy) {
        this.policy = policy;
        this.chain = new UnattendedChain(policy.abandonedIdle());
    }

    @Override
    public Reason reason() {
        return Reason.ABANDONED;
    }

    @Override
    public JudgePolicy.Action action() {
        return policy.abandoned();
    }

    @Override
    public boolean hangsOnRecord(Case it) {
        return isAlone(it) && deserted(it).compareTo(policy.abandonedIdle()) >= 0;
    }

    @Override
    public Finding examine(Case it) {
        Optional<Gateway> owner = it.owner();
        if (owner.isEmpty()) {
            return Finding.none("its owner is no gateway, so it has no clients to count");
        }
        if (owner.get().chain().isPresent()) {
            return chain.examine(it, owner.get());
        }
        Clients clients = owner.get().clients();
        if (!clients.countable()) {
            return Finding.none("whether ", owner.get(), " has clients cannot be told: ", clients.why());
        }
        if (clients.attached() != 0) {
            return Finding.none(owner.get(), " has ", clients.attached(), " clients");
        }
        Duration deserted = deserted(it);
        if (deserted.compareTo(policy.abandonedIdle()) < 0) {
            return Finding.none(
                    owner.get(),
                    " has no client, but was seen so, and this worker idle, only for ",
                    deserted,
                    " of ",
                    policy.abandonedIdle());
        }
        Optional<Finding> objection = OnRecord.objection(it, deserted);
        return objection.isPresent()
                ? objection.get()
                : Finding.due(owner.get(), " had no client all the while it was idle, for ", deserted);
    }

    @Override
    public List<Evidence> evidence(Case it) {
        Gateway owner = it.owner().orElseThrow();
        return owner.chain().isPresent()
                ? chain.evidence(it, owner)
                : List.of(new Evidence(
                        "clients",
                        "none, seen so for " + DurationText.spoken(it.unattendedFor()),
                        owner.clients().why()));
    }

    private static boolean isAlone(Case it) {
        Optional<Gateway> owner = it.owner();
        return owner.isPresent()
                && owner.get().chain().isEmpty()
                && owner.get().clients().countable()
                && owner.get().clients().attached() == 0;
    }

    /** For how long it was idle and its gateway without a client, both in every look. */
    private static Duration deserted(Case it) {
        Duration idle = it.isProvenIdle() ? it.idleFor() : Duration.ZERO;
        return idle.compareTo(it.unattendedFor()) < 0 ? idle : it.unattendedFor();
    }
}
