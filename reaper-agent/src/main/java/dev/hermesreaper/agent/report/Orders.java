package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.Pause;
import java.util.Optional;

/**
 * What the operator has ordered that keeps passes from signalling.
 *
 * @param pause the pause in force
 * @param observes whether they are to decide and signal nobody ({@code [reap] mode = "observe"})
 */
public record Orders(Optional<Pause> pause, boolean observes) {

    /** To end what is leaked. */
    public static final Orders NONE = new Orders(Optional.empty(), false);
}
