/**
 * What every pass saw, in short: how many workers, how many of them leaked, what they hold, what is left of memory and of
 * each gateway's file descriptors. Kept in two bounded files of the state directory, one fine and one coarse, so that
 * rates and forecasts survive restarts; and the arithmetic on them, which is pure.
 *
 * <p>May depend on {@code process}, {@code hermes}, {@code host}, {@code judge} and {@code state}.
 */
@NullMarked
package dev.hermesreaper.agent.sample;

import org.jspecify.annotations.NullMarked;
