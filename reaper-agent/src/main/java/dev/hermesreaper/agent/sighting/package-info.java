/**
 * What earlier looks saw: since when a process is idle, at work, without an owner, without anybody who looks at it.
 * Nothing is concluded here. May depend on {@code process} and {@code hermes}.
 */
@NullMarked
package dev.hermesreaper.agent.sighting;

import org.jspecify.annotations.NullMarked;
