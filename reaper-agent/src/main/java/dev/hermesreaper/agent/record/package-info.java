/**
 * What Hermes itself has on record about a session: its row in {@code state.db}, the leases and heartbeats that name it,
 * read without leaving a trace in the home they lie in. Values in, values out; what could not be read is said, and is
 * never taken for absent. May depend on {@code process}. The only package that sees SQLite.
 */
@NullMarked
package dev.hermesreaper.agent.record;

import org.jspecify.annotations.NullMarked;
