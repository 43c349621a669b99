/**
 * Says what was seen, decided and done: as text for a person, as JSON for a program. Values in, text out: no I/O, no clock.
 *
 * <p>Whatever a process chose itself (session key, home, model, name) is made harmless on the way out: as a visible escape
 * in text, losslessly in JSON. May depend on every stage of the pipeline, not on {@code cli}.
 */
@NullMarked
package dev.hermesreaper.agent.report;

import org.jspecify.annotations.NullMarked;
