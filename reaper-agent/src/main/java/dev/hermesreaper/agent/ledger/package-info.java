/**
 * The record of every act on disk, and what can be read from it: who was ended, when, on what grounds, and what came of
 * it. A pass writes it while it holds the lock; a question reads it without. It is never authority to signal anybody.
 *
 * <p>May depend on {@code host}, {@code judge}, {@code process}, {@code reap} and {@code state}.
 */
@NullMarked
package dev.hermesreaper.agent.ledger;

import org.jspecify.annotations.NullMarked;
