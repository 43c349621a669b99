package dev.hermesreaper.agent.service;

import java.util.Locale;

/** Whose services are meant: those of one user, or the machine's. */
public enum Scope {
    USER,
    SYSTEM;

    /**
     * The scope an operator means: the one that was said, else the machine's for root and their own for everybody else.
     *
     * @param writes whether files are to be written there
     * @throws ServiceException if both were said, or this user cannot mean that scope
     */
    public static Scope chosen(boolean user, boolean system, boolean isRoot, boolean writes) {
        if (user && system) {
            throw ServiceException.usage("--user and --system exclude each other");
        }
        if (user && isRoot) {
            throw ServiceException.usage(
                    "--user as root would mean root's own service manager: run it as the dashboard's "
                            + "user, e.g. runuser -u hermes -- hermes-reaper service ..., or take --system");
        }
        if (system && !isRoot && writes) {
            throw ServiceException.usage("--system needs root: run it with sudo, or take --user for your own services");
        }
        return system || (isRoot && !user) ? SYSTEM : USER;
    }

    /** As it is written on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
