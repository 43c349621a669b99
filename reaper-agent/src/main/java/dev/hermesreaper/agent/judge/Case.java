package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.host.Clients;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.record.SessionRecord;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One process before the judge: a slash worker, or an entry gateway.
 *
 * @param process whom it is about
 * @param details what was read of it
 * @param ownership who answers for it; for an entry, who could still speak to it
 * @param sighting what all looks say about it, this one included; empty for a zombie
 * @param worker the worker, if it is one
 * @param siblings its place among the workers of the same session
 * @param fellows its place among all workers of the same owner
 * @param doomed those of the siblings that are to be ended for a reason of their own
 * @param record what is on record about its session; empty where that was not read
 * @param look the look it comes from
 */
record Case(
        ProcessEntry process,
        ProcessDetails details,
        Ownership ownership,
        Optional<Sighting> sighting,
        Optional<SlashWorker> worker,
        Standing siblings,
        Standing fellows,
        Set<ProcessIdentity> doomed,
        Optional<SessionRecord> record,
        Look look) {

    private static final Clients NO_GATEWAY = Clients.unknown("its owner is no gateway");

    static Case of(SlashWorker worker, Optional<Sighting> sighting, Ranking ranking, Look look) {
        return new Case(
                worker.process(),
                worker.details(),
                worker.ownership(),
                sighting,
                Optional.of(worker),
                ranking.siblings(worker),
                ranking.fellows(worker),
                Set.of(),
                Optional.empty(),
                look);
    }

    static Case of(Gateway entry, Optional<Sighting> sighting, Look look) {
        return new Case(
                entry.process(),
                entry.details(),
                entry.reach(),
                sighting,
                Optional.empty(),
                Standing.ALONE,
                Standing.ALONE,
                Set.of(),
                Optional.empty(),
                look);
    }

    /** The same, of its siblings those named being ended for a reason of their own. */
    Case beside(Set<ProcessIdentity> others) {
        return others.isEmpty()
                ? this
                : new Case(process, details, ownership, sighting, worker, siblings, fellows, others, record, look);
    }

    /** The same, with what is on record about its session. */
    Case withRecord(SessionRecord read) {
        return new Case(
                process, details, ownership, sighting, worker, siblings, fellows, doomed, Optional.of(read), look);
    }

    /** Whether other workers of its session live under the same owner. */
    boolean hasSiblings() {
        return siblings.size() > 1;
    }

    Duration age() {
        return look.table().ageOf(process);
    }

    /** When it started, on the wall clock of now. */
    Instant startedAt() {
        return now().minus(age());
    }

    /** The wall clock, to be compared with what is on record only. */
    Instant now() {
        return look.at().wall();
    }

    /** Whether the wall clock was set in its lifetime, as far as looks go: then nothing on record can be compared with it. */
    boolean isWallStepped() {
        return sighting.isEmpty() || sighting.get().wallStepped();
    }

    /** The gateway that owns it; empty where nobody does, or a parent that is no gateway. */
    Optional<Gateway> owner() {
        Optional<ProcessEntry> owner = ownership.owner();
        return worker.isPresent() && owner.isPresent()
                ? look.gateway(owner.get().identity())
                : Optional.empty();
    }

    /** Those attached to the gateway that owns it. */
    Clients clients() {
        Optional<Gateway> owner = owner();
        return owner.isPresent() ? owner.get().clients() : NO_GATEWAY;
    }

    /** The worker's session key; empty for an entry. */
    String sessionKey() {
        return worker.isPresent() ? worker.get().options().sessionKey() : "";
    }

    /** What it was doing in this look; a process never sighted is unreadable. */
    Doing doing() {
        return sighting.isPresent() ? sighting.get().doing() : Doing.UNREADABLE;
    }

    Duration idleFor() {
        return sighting.isPresent() ? sighting.get().idleFor() : Duration.ZERO;
    }

    Duration workingFor() {
        return sighting.isPresent() ? sighting.get().workingFor() : Duration.ZERO;
    }

    Duration unownedFor() {
        return sighting.isPresent() ? sighting.get().unownedFor() : Duration.ZERO;
    }

    Duration unattendedFor() {
        return sighting.isPresent() ? sighting.get().unattendedFor() : Duration.ZERO;
    }

    /** Whether it was seen idle and unmoved between looks. */
    boolean isProvenIdle() {
        return sighting.isPresent() && sighting.get().isProvenIdle();
    }

    /** Whether it was seen idle and unmoved for so long, and is idle now. */
    boolean isIdleFor(Duration time) {
        return doing() == Doing.IDLE && isProvenIdle() && idleFor().compareTo(time) >= 0;
    }
}
