/**
 * Decides. Values in, values out: no I/O, no clock, no logger. Unknown means keep; age alone is never a reason.
 *
 * <p>May depend on {@code process}, {@code hermes}, {@code sighting} and {@code config}, and on values of {@code host} and
 * {@code record}.
 */
@NullMarked
package dev.hermesreaper.agent.judge;

import org.jspecify.annotations.NullMarked;
