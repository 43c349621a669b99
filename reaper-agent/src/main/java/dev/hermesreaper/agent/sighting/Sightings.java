package dev.hermesreaper.agent.sighting;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import dev.hermesreaper.agent.sighting.Sighting.Glimpse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The memory between looks, by identity: a recycled pid starts with an empty page. What a look does not show is forgotten,
 * so it never outgrows the number of workers and gateways.
 */
public final class Sightings {

    /** No look was taken yet. */
    public static final Sightings NONE = new Sightings(Map.of());

    private final Map<ProcessIdentity, Sighting> byIdentity;

    private Sightings(Map<ProcessIdentity, Sighting> byIdentity) {
        this.byIdentity = byIdentity;
    }

    /** Sightings as they were kept. */
    public static Sightings of(Collection<Sighting> sightings) {
        Map<ProcessIdentity, Sighting> map = new HashMap<>();
        sightings.forEach(sighting -> map.put(sighting.identity(), sighting));
        return new Sightings(map);
    }

    public Collection<Sighting> all() {
        return byIdentity.values();
    }

    public Optional<Sighting> of(ProcessIdentity identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    /** These sightings after {@code look}. */
    public Sightings after(Look look) {
        return after(look, false, Set.of());
    }

    /**
     * These sightings after {@code look}.
     *
     * @param gap whether we were not there to look when we should have been (stopped, suspended): every wait starts anew
     * @param signalled those that were sent SIGTERM since the last look
     */
    public Sightings after(Look look, boolean gap, Set<ProcessIdentity> signalled) {
        Map<ProcessIdentity, Sighting> next = new HashMap<>();
        boolean wallStepped = false;
        for (Sighting earlier : byIdentity.values()) {
            wallStepped |= look.at().isWallSteppedSince(earlier.lastSeen());
        }
        for (SlashWorker worker : look.workers()) {
            if (!worker.process().isZombie()) {
                next.put(
                        worker.identity(),
                        next(worker.identity(), look.at(), glimpse(worker, look), gap, wallStepped, signalled));
            }
        }
        for (Gateway gateway : look.gateways()) {
            boolean busy = !look.commandsOf(gateway).isEmpty();
            for (SlashWorker worker : look.workers()) {
                Sighting below = next.get(worker.identity());
                busy |= worker.process().parentPid() == gateway.pid()
                        && below != null
                        && below.doing() == Doing.WORKING;
            }
            Glimpse glimpse = glimpse(gateway, busy, look);
            next.put(gateway.identity(), next(gateway.identity(), look.at(), glimpse, gap, wallStepped, signalled));
        }
        return new Sightings(next);
    }

    private Sighting next(
            ProcessIdentity identity,
            Moment at,
            Glimpse glimpse,
            boolean gap,
            boolean wallStepped,
            Set<ProcessIdentity> signalled) {
        Sighting earlier = byIdentity.get(identity);
        if (earlier == null || at.since(earlier.lastSeen()).isNegative()) {
            return Sighting.first(identity, at, glimpse, wallStepped);
        }
        return signalled.contains(identity) ? earlier.afterTerm(at, glimpse, gap) : earlier.next(at, glimpse, gap);
    }

    private static Glimpse glimpse(SlashWorker worker, Look look) {
        return new Glimpse(
                look.readBy().sinceBoot(),
                worker.details().activity(),
                !worker.commands().isEmpty(),
                worker.process().isStopped() || worker.details().activity().frozen(),
                true,
                worker.ownership().owner().map(ProcessEntry::identity),
                worker.ownership().isUnowned(),
                look.owner(worker).filter(look::isUnattended).isPresent(),
                false);
    }

    private static Glimpse glimpse(Gateway gateway, boolean commands, Look look) {
        return new Glimpse(
                look.readBy().sinceBoot(),
                gateway.details().activity(),
                commands,
                gateway.process().isStopped() || gateway.details().activity().frozen(),
                false,
                gateway.reach().owner().map(ProcessEntry::identity),
                gateway.reach().isUnowned(),
                false,
                look.isWorkerless(gateway));
    }
}
