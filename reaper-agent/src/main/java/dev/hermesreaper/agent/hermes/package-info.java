/**
 * Everything this program knows about Hermes Agent: how a slash worker and a gateway look in the process table, who owns
 * a worker, which home it works for. Other packages only see {@link dev.hermesreaper.agent.hermes.Look}: what one look at
 * the machine showed, in Hermes' terms.
 *
 * <p>May depend on {@code process} and the port in {@code host}.
 */
@NullMarked
package dev.hermesreaper.agent.hermes;

import org.jspecify.annotations.NullMarked;
