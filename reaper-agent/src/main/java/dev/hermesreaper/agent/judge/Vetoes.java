package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.RawText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a process whatever else is true of it, in order of precedence: the first that speaks decides. */
final class Vetoes {

    /** Set by systemd 248 and later in what it starts itself, and inherited with the parent's pid by everything below. */
    private static final String SYSTEMD_STARTED = "SYSTEMD_EXEC_PID";

    /** Those there are, first things first. */
    private static final List<Reason> ALL = List.of(
            Reason.ZOMBIE,
            Reason.FOREIGN_NAMESPACE,
            Reason.NOT_OURS,
            Reason.UNKNOWN,
            Reason.PROTECTED,
            Reason.MANAGED,
            Reason.TOO_YOUNG);

    private final Jurisdiction jurisdiction;
    private final Duration minAge;
    private final List<Reason> inOrder;

    Vetoes(Jurisdiction jurisdiction, Duration minAge, Set<Reason> without) {
        this.jurisdiction = jurisdiction;
        this.minAge = minAge;
        List<Reason> left = new ArrayList<>(ALL);
        left.removeAll(without);
        this.inOrder = List.copyOf(left);
    }

    /** The reasons they keep a process for. */
    List<Reason> inOrder() {
        return inOrder;
    }

    /** Why the veto named {@code veto} keeps {@code it}; empty if it does not object. */
    Optional<Statement> objection(Reason veto, Case it) {
        return switch (veto) {
            case ZOMBIE -> zombie(it);
            case FOREIGN_NAMESPACE -> foreignNamespace(it);
            case NOT_OURS -> notOurs(it);
            case UNKNOWN -> unknown(it);
            case PROTECTED -> protection(it);
            case MANAGED -> managed(it);
            case TOO_YOUNG -> tooYoung(it);
            default -> throw none(veto);
        };
    }

    /** What is said of {@code it} where that veto does not object. */
    String fine(Reason veto, Case it) {
        return switch (veto) {
            case ZOMBIE -> "it lives, state " + it.process().state();
            case FOREIGN_NAMESPACE -> "same pid namespace as the reaper";
            case NOT_OURS -> "user " + it.process().uid() + " may be reaped";
            case UNKNOWN -> "everything decisive could be read";
            case PROTECTED -> "not protected";
            case MANAGED -> "not the main process of a unit";
            case TOO_YOUNG -> DurationText.spoken(it.age()) + " old";
            default -> throw none(veto);
        };
    }

    /** Whether {@code it} belongs to a user whose processes may be ended, or that is not asked. */
    boolean isOurs(Case it) {
        return !inOrder.contains(Reason.NOT_OURS) || !isAnothers(it);
    }

    private static Optional<Statement> because(Object... words) {
        return Optional.of(Statement.of(words));
    }

    private static IllegalArgumentException none(Reason reason) {
        return new IllegalArgumentException("no veto: " + reason);
    }

    private static Optional<Statement> zombie(Case it) {
        return it.process().isZombie()
                ? because("it is dead; process ", it.process().parentPid(), ", its parent, has not collected it")
                : Optional.empty();
    }

    private Optional<Statement> foreignNamespace(Case it) {
        return it.details().inOtherPidNamespace() && !jurisdiction.foreignNamespaces()
                ? because("it runs in another pid namespace, as in a container")
                : Optional.empty();
    }

    private boolean isAnothers(Case it) {
        return it.process().uid() >= 0 && !jurisdiction.covers(it.process().uid());
    }

    private Optional<Statement> notOurs(Case it) {
        return isAnothers(it)
                ? because("it belongs to user ", it.process().uid(), ", see [reap] users")
                : Optional.empty();
    }

    private static Optional<Statement> unknown(Case it) {
        if (it.process().uid() < 0) {
            return because("its user cannot be read");
        }
        if (!it.process().argv().readable()) {
            return because("its command line cannot be read");
        }
        if (!it.process().executable().readable()) {
            return because("what it runs cannot be read");
        }
        if (!it.details().environment().readable()) {
            return because("its environment cannot be read, so it may be protected or managed");
        }
        if (it.worker().isPresent() && it.sessionKey().isEmpty()) {
            return because("its command line names no session");
        }
        if (!it.ownership().isOwned() && !it.ownership().isUnowned()) {
            return because("who owns it cannot be told: ", doubts(it.ownership()));
        }
        return Optional.empty();
    }

    private static List<String> doubts(Ownership ownership) {
        List<String> doubts = new ArrayList<>();
        for (Evidence evidence : ownership.evidence()) {
            if (evidence.key().equals("doubt")) {
                doubts.add(evidence.value());
            }
        }
        return doubts;
    }

    private Optional<Statement> protection(Case it) {
        if (it.worker().isPresent() && jurisdiction.protectedKeys().contains(it.sessionKey())) {
            return because("session ", RawText.printable(it.sessionKey()), " is in [protect] session_keys");
        }
        return protection(it.process(), it.details());
    }

    /** Why any process is protected; empty if it is not. */
    Optional<Statement> protection(ProcessEntry process, ProcessDetails details) {
        if (jurisdiction.protectedPids().contains(process.pid())) {
            return because("pid ", process.pid(), " is in [protect] pids");
        }
        for (String name : jurisdiction.protectedVariables()) {
            String value = details.environment().get(name).orElse("");
            if (!value.isEmpty() && !value.equals("0")) {
                return because("it was started with ", name, " set");
            }
        }
        return Optional.empty();
    }

    /** Why a process that nothing else speaks for may be protected all the same. */
    Optional<Statement> doubtfulProtection(ProcessDetails details) {
        return details.environment().readable()
                        || jurisdiction.protectedVariables().isEmpty()
                ? Optional.empty()
                : because("its environment cannot be read, so it may be protected");
    }

    private static Optional<Statement> managed(Case it) {
        String started = it.details().environment().get(SYSTEMD_STARTED).orElse("");
        if (!started.isEmpty() && started.equals(Integer.toString(it.process().pid()))) {
            return because("systemd started it as the main process of a unit");
        }
        Optional<String> job = it.details().job();
        return job.isPresent() ? because(job.get()) : Optional.empty();
    }

    private Optional<Statement> tooYoung(Case it) {
        Duration age = it.age();
        return age.compareTo(minAge) < 0
                ? because(age.isNegative() ? Duration.ZERO : age, " old, younger than min_age ", minAge)
                : Optional.empty();
    }
}
