package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.sweep.SweepResult;

/**
 * Is told what the service does: the log, the service manager, whatever shows or exports it. Called on the one thread that
 * sweeps, one call at a time, so it must be quick; one that throws is said in the log and heard again next time.
 */
interface Witness {

    /** This configuration is in force from now on: once before the first pass, and whenever it was read again. */
    default void configured(EffectiveConfig config, Vitals vitals) {}

    /** Somebody asked for the configuration to be read again; what comes of it is told next, unless nothing does. */
    default void reloading() {}

    /** A pass is over. */
    default void passed(SweepResult result, Vitals vitals) {}

    /** A pass could not begin, or could not look; the next one comes all the same. */
    default void failed(String problem, Vitals vitals) {}

    /** A file could not be used as configuration, or memory not be kept: said once for every problem. */
    default void complained(String problem, Vitals vitals) {}

    /** Nothing more is done; the last call. */
    default void stopped(Vitals vitals) {}
}
