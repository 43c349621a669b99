@NullMarked
package dev.hermesreaper.agent.cli;

import org.jspecify.annotations.NullMarked;
