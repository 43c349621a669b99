package dev.hermesreaper.agent.host;

/**
 * This program's own process.
 *
 * @param pid its pid
 * @param uid its effective user id; -1 where the platform does not say
 * @param hostName the machine's name
 */
public record Self(int pid, int uid, String hostName) {}
