/**
 * The files that outlive a pass: what earlier looks saw, and the lock that keeps two passes apart. They are private to one
 * user, replaced as a whole or not at all, never written through a link, and never authority to signal anybody: only a
 * fresh look is. May depend on {@code config}, {@code process}, {@code sighting} and {@code host}.
 *
 * <p>Where they cannot be kept a pass goes on without them. That is said as a value, never thrown.
 */
@NullMarked
package dev.hermesreaper.agent.state;

import org.jspecify.annotations.NullMarked;
