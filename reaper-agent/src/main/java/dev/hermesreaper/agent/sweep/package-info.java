/**
 * One pass: look, remember, judge, and end what is leaked. The same for a cron line, the daemon and a question; only what
 * is done with the verdicts differs.
 *
 * <p>May depend on every stage of the pipeline, not on {@code cli} or {@code report}.
 */
@NullMarked
package dev.hermesreaper.agent.sweep;

import org.jspecify.annotations.NullMarked;
