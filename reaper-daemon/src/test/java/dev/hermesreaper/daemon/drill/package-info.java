/**
 * The service as a process of its own among real processes, each drill in a pid namespace of its own, so that whatever is
 * ended there was started there.
 */
@NullMarked
package dev.hermesreaper.daemon.drill;

import org.jspecify.annotations.NullMarked;
