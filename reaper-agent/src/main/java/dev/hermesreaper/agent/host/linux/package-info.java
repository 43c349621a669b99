/**
 * The port to a Linux machine: a byte reader of {@code /proc}, {@code sock_diag(7)} and pidfds.
 *
 * <p>What a file of {@code /proc} says is attributed to a process only if the same process was there before and after.
 * A file that cannot be read because its process is gone is told apart from one that the kernel refuses to show: the
 * former is skipped, the latter is a gap. JNA is loaded at the first pidfd or socket question, never by a mere reading.
 *
 * <p>May depend on {@code process} and {@code host}; the only place, with {@code host.oshi}, that sees JNA.
 */
@NullMarked
package dev.hermesreaper.agent.host.linux;

import org.jspecify.annotations.NullMarked;
