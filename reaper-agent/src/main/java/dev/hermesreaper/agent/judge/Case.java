package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.Ownership;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.time.Duration;
import java.util.Optional;

/**
 * One process before the judge: a slash worker, or an entry gateway.
 *
 * @param process whom it is about
 * @param details what was read of it
 * @param ownership who answers for it; for an entry, who could still speak to it
 * @param sighting what all looks say about it, this one included; empty for a zombie
 * @param worker the worker, if it is one
 * @param siblings the workers of the same session, itself included
 * @param look the look it comes from
 */
record Case(
        ProcessEntry process,
        ProcessDetails details,
        Ownership ownership,
        Optional<Sighting> sighting,
        Optional<SlashWorker> worker,
        Siblings siblings,
        Look look) {

    static Case of(SlashWorker worker, Optional<Sighting> sighting, Siblings siblings, Look look) {
        return new Case(
                worker.process(), worker.details(), worker.ownership(), sighting, Optional.of(worker), siblings, look);
    }

    static Case of(Gateway entry, Optional<Sighting> sighting, Look look) {
        return new Case(
                entry.process(), entry.details(), entry.reach(), sighting, Optional.empty(), Siblings.NONE, look);
    }

    Duration age() {
        return look.table().ageOf(process);
    }

    /** The worker's session key; empty for an entry. */
    String sessionKey() {
        return worker.map(it -> it.options().sessionKey()).orElse("");
    }

    /** What it was doing in this look; a process never sighted is unreadable. */
    Doing doing() {
        return sighting.map(Sighting::doing).orElse(Doing.UNREADABLE);
    }

    Duration idleFor() {
        return sighting.map(Sighting::idleFor).orElse(Duration.ZERO);
    }

    Duration workingFor() {
        return sighting.map(Sighting::workingFor).orElse(Duration.ZERO);
    }

    Duration unownedFor() {
        return sighting.map(Sighting::unownedFor).orElse(Duration.ZERO);
    }

    Duration unattendedFor() {
        return sighting.map(Sighting::unattendedFor).orElse(Duration.ZERO);
    }

    /** Whether it was seen idle and unmoved between looks. */
    boolean isProvenIdle() {
        return sighting.filter(Sighting::isProvenIdle).isPresent();
    }
}
