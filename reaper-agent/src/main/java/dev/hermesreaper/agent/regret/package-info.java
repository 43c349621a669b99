/**
 * What a pass that only observes would have ended, and whether it did any work afterwards: a regret. So an operator can
 * see whether the reaper may be armed.
 *
 * <p>May depend on {@code config}, {@code process}, {@code hermes}, {@code host}, {@code judge}, {@code ledger}, {@code reap}, {@code
 * sighting} and {@code state}.
 */
@NullMarked
package dev.hermesreaper.agent.regret;

import org.jspecify.annotations.NullMarked;
