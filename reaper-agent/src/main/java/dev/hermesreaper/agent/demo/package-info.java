/**
 * A stand-in Hermes: real processes with the command lines, pipes and trees of the real ones, on loopback, ended
 * together. The demo shows the reaper at work on it, and the integration tests prove the reaper with it.
 *
 * <p>{@link dev.hermesreaper.agent.demo.Stage} is the way in. What the processes do is written in Python, because a
 * stand-in has to be a Python process; it is a resource of this package, and {@code standin/stage.py} says what can be
 * asked of it. Depends on no other package of ours.
 */
@NullMarked
package dev.hermesreaper.agent.demo;

import org.jspecify.annotations.NullMarked;
