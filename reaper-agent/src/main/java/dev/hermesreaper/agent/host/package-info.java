/**
 * The one port to the machine, and the values it answers with. Everything that asks the operating system goes through
 * {@link dev.hermesreaper.agent.host.Host}; the adapters live in {@code host.linux} (the byte reader of {@code /proc},
 * pidfds) and {@code host.oshi}. Only these packages see OSHI and JNA.
 */
@NullMarked
package dev.hermesreaper.agent.host;

import org.jspecify.annotations.NullMarked;
