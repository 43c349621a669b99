package dev.hermesreaper.agent.judge;

import java.util.Set;

/**
 * Whose processes may be ended at all, and which never.
 *
 * @param everybody whether any user's may be ended
 * @param uids the users whose may be ended, unless everybody's
 * @param foreignNamespaces whether processes of other pid namespaces may be ended
 * @param protectedKeys session keys the operator protects
 * @param protectedPids pids the operator protects
 * @param protectedVariables environment variables that protect a worker started with them
 */
public record Jurisdiction(
        boolean everybody,
        Set<Integer> uids,
        boolean foreignNamespaces,
        Set<String> protectedKeys,
        Set<Integer> protectedPids,
        Set<String> protectedVariables) {

    public Jurisdiction {
        uids = Set.copyOf(uids);
        protectedKeys = Set.copyOf(protectedKeys);
        protectedPids = Set.copyOf(protectedPids);
        protectedVariables = Set.copyOf(protectedVariables);
    }

    /** Only processes of user {@code uid}, nothing protected. */
    public static Jurisdiction of(int uid) {
        return new Jurisdiction(false, Set.of(uid), false, Set.of(), Set.of(), Set.of("HERMES_REAPER_KEEP"));
    }

    /** Whether processes of user {@code uid} may be ended. */
    public boolean covers(int uid) {
        return everybody || uids.contains(uid);
    }
}
