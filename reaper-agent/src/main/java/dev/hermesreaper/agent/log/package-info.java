/**
 * What is said while it happens: one key=value line before every act, with its grounds, and one with what came of it. For
 * the daemon and for {@code -v}; answers are printed, not logged. Only this package knows logback.
 */
@NullMarked
package dev.hermesreaper.agent.log;

import org.jspecify.annotations.NullMarked;
