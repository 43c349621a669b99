package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.process.Evidence;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.RawText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps a process whatever else is true of it, in order of precedence: the first that speaks decides. */
final class Vetoes {

    /** Set by systemd 248 and later in what it starts itself, and inherited with the parent's pid by everything below. */
    private static final String SYSTEMD_STARTED = "SYSTEMD_EXEC_PID";

    /**
     * One veto.
     *
     * @param reason the reason it keeps a process for
     * @param objection why it does; empty if it does not object
     * @param fine what is said where it does not object
     */
    record Veto(Reason reason, Function<Case, Optional<String>> objection, Function<Case, String> fine) {}

    private final Jurisdiction jurisdiction;
    private final Duration minAge;
    private final List<Veto> inOrder;

    Vetoes(Jurisdiction jurisdiction, Duration minAge, Set<Reason> without) {
        this.jurisdiction = jurisdiction;
        this.minAge = minAge;
        this.inOrder = Stream.of(
                        new Veto(
                                Reason.ZOMBIE,
                                Vetoes::zombie,
                                it -> "it lives, state " + it.process().state()),
                        new Veto(
                                Reason.FOREIGN_NAMESPACE,
                                this::foreignNamespace,
                                it -> "same pid namespace as the reaper"),
                        new Veto(
                                Reason.NOT_OURS,
                                this::notOurs,
                                it -> "user " + it.process().uid() + " may be reaped"),
                        new Veto(Reason.UNKNOWN, Vetoes::unknown, it -> "everything decisive could be read"),
                        new Veto(Reason.PROTECTED, this::protection, it -> "not protected"),
                        new Veto(Reason.MANAGED, Vetoes::managed, it -> "not the main process of a unit"),
                        new Veto(Reason.TOO_YOUNG, this::tooYoung, it -> DurationText.spoken(it.age()) + " old"))
                .filter(veto -> !without.contains(veto.reason()))
                .toList();
    }

    List<Veto> inOrder() {
        return inOrder;
    }

    private static Optional<String> zombie(Case it) {
        return it.process().isZombie()
                ? Optional.of("it is dead; process " + it.process().parentPid() + ", its parent, has not collected it")
                : Optional.empty();
    }

    private Optional<String> foreignNamespace(Case it) {
        return it.details().inOtherPidNamespace() && !jurisdiction.foreignNamespaces()
                ? Optional.of("it runs in another pid namespace, as in a container")
                : Optional.empty();
    }

    private Optional<String> notOurs(Case it) {
        return it.process().uid() >= 0 && !jurisdiction.covers(it.process().uid())
                ? Optional.of("it belongs to user " + it.process().uid() + ", see [reap] users")
                : Optional.empty();
    }

    private static Optional<String> unknown(Case it) {
        if (it.process().uid() < 0) {
            return Optional.of("its user cannot be read");
        }
        if (!it.process().argv().readable()) {
            return Optional.of("its command line cannot be read");
        }
        if (!it.process().executable().readable()) {
            return Optional.of("what it runs cannot be read");
        }
        if (!it.details().environment().readable()) {
            return Optional.of("its environment cannot be read, so it may be protected or managed");
        }
        if (it.worker().isPresent() && it.sessionKey().isEmpty()) {
            return Optional.of("its command line names no session");
        }
        if (!it.ownership().isOwned() && !it.ownership().isUnowned()) {
            return Optional.of("who owns it cannot be told: "
                    + it.ownership().evidence().stream()
                            .filter(evidence -> evidence.key().equals("doubt"))
                            .map(Evidence::value)
                            .collect(Collectors.joining("; ")));
        }
        return Optional.empty();
    }

    private Optional<String> protection(Case it) {
        if (it.worker().isPresent() && jurisdiction.protectedKeys().contains(it.sessionKey())) {
            return Optional.of("session " + RawText.printable(it.sessionKey()) + " is in [protect] session_keys");
        }
        return protection(it.process(), it.details());
    }

    /** Why any process is protected; empty if it is not. */
    Optional<String> protection(ProcessEntry process, ProcessDetails details) {
        if (jurisdiction.protectedPids().contains(process.pid())) {
            return Optional.of("pid " + process.pid() + " is in [protect] pids");
        }
        return jurisdiction.protectedVariables().stream()
                .filter(name -> details.environment()
                        .get(name)
                        .filter(value -> !value.isEmpty() && !value.equals("0"))
                        .isPresent())
                .findFirst()
                .map(name -> "it was started with " + name + " set");
    }

    /** Why a process that nothing else speaks for may be protected all the same. */
    Optional<String> doubtfulProtection(ProcessDetails details) {
        return details.environment().readable()
                        || jurisdiction.protectedVariables().isEmpty()
                ? Optional.empty()
                : Optional.of("its environment cannot be read, so it may be protected");
    }

    private static Optional<String> managed(Case it) {
        return it.details()
                .environment()
                .get(SYSTEMD_STARTED)
                .filter(Integer.toString(it.process().pid())::equals)
                .map(pid -> "systemd started it as the main process of a unit")
                .or(it.details()::job);
    }

    private Optional<String> tooYoung(Case it) {
        Duration age = it.age();
        return age.compareTo(minAge) < 0
                ? Optional.of(DurationText.spoken(age.isNegative() ? Duration.ZERO : age)
                        + " old, younger than min_age " + DurationText.spoken(minAge))
                : Optional.empty();
    }
}
