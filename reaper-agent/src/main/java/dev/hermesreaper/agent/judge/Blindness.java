package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.hermes.Gateway;
import dev.hermesreaper.agent.hermes.Look;
import dev.hermesreaper.agent.hermes.SlashWorker;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sightings;
import java.time.Duration;
import java.util.Optional;

/** Whether what is shown of workers says anything about leaks at all (ADR 0010). */
public enum Blindness {
    /** Workers are recognised, or there is nobody who would start one. */
    SEES,
    /** Workers run here, but what they run could not be read of any that could be ours to end. */
    UNREADABLE,
    /** Gateways run here, but for long no worker has been recognised: Hermes may start them in a way not known here. */
    UNRECOGNISED;

    /** A gateway has a child of an unknown module of {@code tui_gateway}: an hour is no start-up any more. */
    static final Duration STRANGE_CHILD = Duration.ofHours(1);

    /** Newer gateways start a worker with the first slash command only, so a quiet day is none of our business. */
    static final Duration IN_USE = Duration.ofDays(1);

    static Blindness of(Look look, Sightings sightings) {
        boolean anyLives = false;
        boolean anyHidden = false;
        for (SlashWorker worker : look.workers()) {
            if (worker.process().isZombie()) {
                continue;
            }
            anyLives = true;
            if (mayBeRead(worker.process(), look)) {
                if (worker.process().executable().readable()) {
                    return SEES;
                }
                anyHidden = true;
            }
        }
        if (anyLives) {
            return anyHidden ? UNREADABLE : SEES;
        }
        for (Gateway gateway : look.gateways()) {
            if (isStrange(gateway, look, sightings)) {
                return UNRECOGNISED;
            }
        }
        return SEES;
    }

    /** What other users run is hidden from everybody but root, and none of their business. */
    private static boolean mayBeRead(ProcessEntry process, Look look) {
        return look.self().uid() == 0
                || process.uid() < 0
                || process.uid() == look.self().uid();
    }

    private static boolean isStrange(Gateway gateway, Look look, Sightings sightings) {
        Optional<Sighting> sighting = sightings.of(gateway.identity());
        Duration workerless = sighting.isPresent() ? sighting.get().workerlessFor() : Duration.ZERO;
        return (workerless.compareTo(STRANGE_CHILD) >= 0
                        && !look.unrecognisedChildren(gateway).isEmpty())
                || (workerless.compareTo(IN_USE) >= 0 && isInUse(gateway));
    }

    /** Only these start workers, and a client of theirs is a person who could have asked for one. */
    private static boolean isInUse(Gateway gateway) {
        return switch (gateway.kind()) {
            case DASHBOARD, SERVE, ENTRY ->
                gateway.clients().countable() && gateway.clients().attached() > 0;
            case COMPUTE_HOST, TUI, MESSAGING, UNKNOWN -> false;
        };
    }
}
