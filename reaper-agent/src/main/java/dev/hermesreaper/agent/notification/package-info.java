/**
 * Tells somebody else: a command of the operator's gets one JSON event on its standard input. One at a time, never waited
 * for by a pass, ended when it takes too long. May depend on values of what passes did.
 */
@NullMarked
package dev.hermesreaper.agent.notification;

import org.jspecify.annotations.NullMarked;
