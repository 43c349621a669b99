/**
 * What an operator installs beside a dashboard, and what protects the dashboard itself: units, drop-ins, plists. Asks
 * systemd or launchd, writes files, records which, and removes only those. Touches no process; may know {@code config}.
 * The only package that knows dd-plist (ADR 0013).
 */
@NullMarked
package dev.hermesreaper.agent.service;

import org.jspecify.annotations.NullMarked;
