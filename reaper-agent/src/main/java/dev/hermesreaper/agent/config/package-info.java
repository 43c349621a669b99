/**
 * What the operator wants: one table of settings, and the values in force with the place each came from.
 *
 * <p>Values come from a flag, an environment variable, a TOML file or the default, in this order. A file is read
 * strictly: what cannot be understood, or could have been written by another user, is refused with the line, the key,
 * what was found and what was expected, because a misread number here decides which process is ended.
 *
 * <p>Depends on the JDK and on toml4j, which is seen only by {@code ConfigFile}, and on nothing else of this program.
 * It reads no clock, no environment and no system property, and neither logs nor prints: all of that is handed in or
 * handed back.
 */
@NullMarked
package dev.hermesreaper.agent.config;

import org.jspecify.annotations.NullMarked;
