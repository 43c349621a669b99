/**
 * What a reading of the machine's process table says, as values: who a process is, what it was started as, what it has
 * been doing, and what could not be read.
 *
 * <p>Nothing here reads anything: the values are filled in by {@code host} and understood by {@code hermes}. Depends on
 * nothing but the JDK.
 */
@NullMarked
package dev.hermesreaper.agent.process;

import org.jspecify.annotations.NullMarked;
