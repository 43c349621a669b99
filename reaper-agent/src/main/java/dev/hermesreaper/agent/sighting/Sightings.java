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
import java.util.HashSet;
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
        for (Sighting sighting : sightings) {
            map.put(sighting.identity(), sighting);
        }
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
        Set<Integer> aboveWork = new HashSet<>();
        for (SlashWorker worker : look.workers()) {
            if (!worker.process().isZombie()) {
                Sighting seen = next(worker.identity(), look.at(), glimpse(worker, look), gap, wallStepped, signalled);
                next.put(worker.identity(), seen);
                if (seen.doing() == Doing.WORKING) {
                    aboveWork.add(worker.process().parentPid());
                }
            }
        }
        for (Gateway gateway : look.gateways()) {
            boolean busy = aboveWork.contains(gateway.pid())
                    || !look.commandsOf(gateway).isEmpty();
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
        Optional<Gateway> owner = look.owner(worker);
        return new Glimpse(
                look.readBy().sinceBoot(),
                worker.details().activity(),
                !worker.commands().isEmpty(),
                worker.process().isStopped() || worker.details().activity().frozen(),
                true,
                identity(worker.ownership().owner()),
                worker.ownership().isUnowned(),
                owner.isPresent() && look.isUnattended(owner.get()),
                false);
    }

    private static Glimpse glimpse(Gateway gateway, boolean commands, Look look) {
        return new Glimpse(
                look.readBy().sinceBoot(),
                gateway.details().activity(),
                commands,
                gateway.process().isStopped() || gateway.details().activity().frozen(),
                false,
                identity(gateway.reach().owner()),
                gateway.reach().isUnowned(),
                false,
                look.isWorkerless(gateway));
    }

    private static Optional<ProcessIdentity> identity(Optional<ProcessEntry> process) {
        return process.isPresent() ? Optional.of(process.get().identity()) : Optional.empty();
    }
}
