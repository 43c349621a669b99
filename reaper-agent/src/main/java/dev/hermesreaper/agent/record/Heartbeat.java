package dev.hermesreaper.agent.record;

import java.time.Instant;

/**
 * A gateway that says it lives, and does: a fresh row of {@code gateway_heartbeats} that names a living process. It
 * speaks for the gateway, not for any one session.
 *
 * @param pid its process, as the gateway wrote it
 * @param backend Hermes' name for it: profile, host, pid and a nonce
 * @param at when it last said so
 */
public record Heartbeat(int pid, String backend, Instant at) {}
