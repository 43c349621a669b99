/**
 * The command {@code hermes-reaper}: parses words, asks the pipeline, prints. The only package that knows picocli and the
 * only one that prints.
 */
@NullMarked
package dev.hermesreaper.agent.cli;

import org.jspecify.annotations.NullMarked;
