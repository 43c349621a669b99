/**
 * A machine in memory for tests of everything above the port: {@link dev.hermesreaper.agent.testing.World} has
 * processes that live, hold pipes, move, answer signals and die, on a clock that is stepped by sleeping. Nothing here
 * knows what a test expects.
 */
package dev.hermesreaper.agent.testing;
