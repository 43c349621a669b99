/**
 * Ends what was judged leaked, and nothing else. The only package that sends signals: each one follows a fresh look,
 * judged again, at a process that is held, so that it reaches this process or nobody.
 *
 * <p>May depend on {@code process}, {@code host}, {@code hermes}, {@code judge} and {@code config}.
 */
@NullMarked
package dev.hermesreaper.agent.reap;

import org.jspecify.annotations.NullMarked;
