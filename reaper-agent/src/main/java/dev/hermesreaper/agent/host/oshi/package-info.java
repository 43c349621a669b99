/**
 * The port through OSHI: a second opinion of candidates on Linux, the whole table where it is asked for or where there is
 * nothing else, and {@link dev.hermesreaper.agent.host.oshi.Hosts}, which chooses.
 *
 * <p>OSHI misreads or hides processes with hostile names, so on Linux nothing it says counts unless {@code /proc} says the
 * same; the rest is marked as unreadable. It is loaded with the first candidate, not before.
 *
 * <p>May depend on {@code process}, {@code host} and {@code host.linux}; the only place that sees OSHI.
 */
@NullMarked
package dev.hermesreaper.agent.host.oshi;

import org.jspecify.annotations.NullMarked;
