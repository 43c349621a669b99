package dev.hermesreaper.agent.sighting;

import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Optional;

/**
 * What all looks so far say about one process. Every time is since boot, sleep included; absent means not so now (or never
 * yet, for {@code lastWorked}).
 *
 * @param identity the process
 * @param lastSeen the newest look
 * @param activity its counters then
 * @param doing what it was doing then
 * @param stopped whether it was kept from running then, by a signal or the freezer of a cgroup
 * @param idleSince first of the looks between which it has not moved
 * @param workingSince first of the looks which all saw it at work
 * @param lastWorked newest look that saw it at work, or saw that it had worked since the one before
 * @param unownedSince first of the looks which all saw it without an owner
 * @param unattendedSince first of the looks which all saw too few clients for it
 * @param workerlessSince of a gateway: first of the looks which all saw no worker of it
 * @param lastOwner who was last seen to own it
 * @param wallStepped whether the wall clock was set since it was first seen: then nothing on record can be compared with it
 */
public record Sighting(
        ProcessIdentity identity,
        Moment lastSeen,
        Activity activity,
        Doing doing,
        boolean stopped,
        Optional<Duration> idleSince,
        Optional<Duration> workingSince,
        Optional<Duration> lastWorked,
        Optional<Duration> unownedSince,
        Optional<Duration> unattendedSince,
        Optional<Duration> workerlessSince,
        Optional<ProcessIdentity> lastOwner,
        boolean wallStepped) {

    /** What a process was doing when it was looked at. */
    public enum Doing {
        /** Waiting for input, nothing of it running. */
        IDLE,
        /** Anything else that could be read. */
        WORKING,
        /** Could not be read. */
        UNREADABLE
    }

    /** The machine slept between two looks if its two clocks drifted apart by more than this. */
    private static final Duration SLEPT = Duration.ofSeconds(2);

    /** Other threads may wake this often and still be a watchdog: an idle 0.17+ worker's makes one in two seconds. */
    private static final double QUIET_SWITCHES_PER_SECOND = 1.0;

    /** Other threads may use this share of one CPU. */
    private static final double QUIET_CPU = 0.01;

    /** Where only the whole process' time is known, it may use this share of one CPU and still be idle, */
    private static final double QUIET_CPU_OF_ALL = 0.0005;

    /** but between two looks, however far apart, no more than this many hundredths of a second: commands are short, too. */
    private static final double QUIET_TICKS_OF_ALL = 10;

    /**
     * What one look shows of one process.
     *
     * @param readBy time since boot when its counters had been read; a wait begins then, and ends with the beginning of a
     *     later look, so that no wait is ever counted longer than it was
     * @param activity its counters
     * @param commands whether a command of its runs as a child
     * @param stopped whether it is kept from running, by a signal or the freezer of a cgroup
     * @param expectsInput whether idle means waiting for input; an entry whose input has ended waits for nothing
     * @param owner who owns it; empty for nobody and where it cannot be told
     * @param unowned whether it was seen to have no owner
     * @param unattended whether it was seen to have too few clients
     * @param workerless whether it is a gateway and was seen to have no worker
     */
    record Glimpse(
            Duration readBy,
            Activity activity,
            boolean commands,
            boolean stopped,
            boolean expectsInput,
            Optional<ProcessIdentity> owner,
            boolean unowned,
            boolean unattended,
            boolean workerless) {}

    /**
     * The first look at a process: whatever it is doing, it has been doing it since now.
     *
     * @param wallStepped whether the wall clock was set since an earlier look, which may have been in its lifetime
     */
    static Sighting first(ProcessIdentity identity, Moment at, Glimpse glimpse, boolean wallStepped) {
        Doing doing = doing(glimpse, true);
        Optional<Duration> now = Optional.of(glimpse.readBy());
        return new Sighting(
                identity,
                at,
                glimpse.activity(),
                doing,
                glimpse.stopped(),
                doing == Doing.IDLE ? now : Optional.empty(),
                doing == Doing.WORKING ? now : Optional.empty(),
                doing == Doing.WORKING ? now : Optional.empty(),
                glimpse.unowned() ? now : Optional.empty(),
                glimpse.unattended() ? now : Optional.empty(),
                glimpse.workerless() ? now : Optional.empty(),
                glimpse.owner(),
                wallStepped);
    }

    /**
     * This sighting after one more look. Time the machine slept through counts for nothing: idleness and all waits start
     * anew, and counters that moved across it are no work. The same goes for a process that was stopped.
     */
    Sighting next(Moment at, Glimpse glimpse, boolean gap) {
        boolean slept = gap || at.asleepSince(lastSeen).compareTo(SLEPT) > 0;
        boolean frozen = stopped || glimpse.stopped();
        boolean unmoved = glimpse.activity().mainThreadUnmovedSince(activity);
        Doing now = doing(glimpse, slept || quietOthers(at, glimpse.activity()));
        boolean worked =
                now == Doing.WORKING || (now == Doing.IDLE && activity.readable() && !unmoved && !slept && !frozen);
        Optional<Duration> here = Optional.of(glimpse.readBy());
        return new Sighting(
                identity,
                at,
                glimpse.activity(),
                now,
                glimpse.stopped(),
                now == Doing.IDLE ? (unmoved && !slept ? orElse(idleSince, here) : here) : Optional.empty(),
                now == Doing.WORKING ? (slept ? here : orElse(workingSince, here)) : Optional.empty(),
                worked ? here : lastWorked,
                glimpse.unowned() ? (slept ? here : orElse(unownedSince, here)) : Optional.empty(),
                glimpse.unattended() ? (slept ? here : orElse(unattendedSince, here)) : Optional.empty(),
                glimpse.workerless() ? (slept ? here : orElse(workerlessSince, here)) : Optional.empty(),
                orElse(glimpse.owner(), lastOwner),
                wallStepped || at.isWallSteppedSince(lastSeen));
    }

    /**
     * This sighting after one more look at a process that was sent SIGTERM in between: moving in answer to a signal is no
     * work. One that somebody owns may have moved for a command as well, so it must wait for input again, and have read none.
     */
    Sighting afterTerm(Moment at, Glimpse glimpse, boolean gap) {
        Sighting next = next(at, glimpse, gap);
        boolean slept = gap || at.asleepSince(lastSeen).compareTo(SLEPT) > 0;
        boolean calm = glimpse.unowned()
                ? next.doing != Doing.UNREADABLE
                : next.doing == Doing.IDLE && glimpse.activity().hasReadNothingSince(activity);
        if (slept || !calm || idleSince.isEmpty()) {
            return next;
        }
        return new Sighting(
                identity,
                at,
                next.activity,
                Doing.IDLE,
                next.stopped,
                idleSince,
                Optional.empty(),
                lastWorked,
                next.unownedSince,
                next.unattendedSince,
                next.workerlessSince,
                next.lastOwner,
                next.wallStepped);
    }

    private static <T> Optional<T> orElse(Optional<T> one, Optional<T> other) {
        return one.isPresent() ? one : other;
    }

    private static Doing doing(Glimpse glimpse, boolean othersQuiet) {
        if (!glimpse.activity().readable()) {
            return Doing.UNREADABLE;
        }
        if (glimpse.stopped() && !(glimpse.unowned() && glimpse.activity().waitsForInput())) {
            return Doing.UNREADABLE; // a command may lie in its input, which it cannot read before it goes on
        }
        boolean waits = glimpse.activity().waitsForInput() || !glimpse.expectsInput();
        return waits && othersQuiet && !glimpse.commands() ? Doing.IDLE : Doing.WORKING;
    }

    private boolean quietOthers(Moment at, Activity now) {
        if (!activity.readable() || !now.readable()) {
            return true;
        }
        double seconds = Math.max(0, at.since(lastSeen).toMillis() / 1000.0);
        double ticks = now.wholeProcess()
                ? Math.min(QUIET_CPU_OF_ALL * 100 * seconds, QUIET_TICKS_OF_ALL)
                : QUIET_CPU * 100 * seconds;
        return isQuiet(now.otherSwitches() - activity.otherSwitches(), QUIET_SWITCHES_PER_SECOND * seconds)
                && isQuiet(now.otherTicks() - activity.otherTicks(), ticks);
    }

    /** Counters are those of the threads that live: they only fall if one has ended, and hide what the others did then. */
    private static boolean isQuiet(long grown, double allowed) {
        return grown >= 0 && grown <= 1 + allowed;
    }

    /** How long it has been idle, as far as looks go; zero where it is not, or was first seen so just now. */
    public Duration idleFor() {
        return forHowLong(idleSince);
    }

    /** How long every look has seen it at work. */
    public Duration workingFor() {
        return forHowLong(workingSince);
    }

    /** How long every look has seen it without an owner. */
    public Duration unownedFor() {
        return forHowLong(unownedSince);
    }

    /** How long every look has seen too few clients for it. */
    public Duration unattendedFor() {
        return forHowLong(unattendedSince);
    }

    /** How long every look has seen this gateway without a worker. */
    public Duration workerlessFor() {
        return forHowLong(workerlessSince);
    }

    /** Whether two looks or more have seen it idle and unmoved between them. */
    public boolean isProvenIdle() {
        return idleFor().compareTo(Duration.ZERO) > 0;
    }

    private Duration forHowLong(Optional<Duration> since) {
        if (since.isEmpty()) {
            return Duration.ZERO;
        }
        Duration passed = lastSeen.sinceBoot().minus(since.get());
        return passed.isNegative() ? Duration.ZERO : passed;
    }
}
