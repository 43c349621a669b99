package dev.hermesreaper.agent.service;

import java.util.List;
import java.util.Optional;

/** The service manager of one scope: systemd or launchd. Every method may throw {@link ServiceException}. */
interface Supervisor {

    /** What it is, for messages. */
    String name();

    /** The dashboards it knows. */
    List<Dashboard> dashboards();

    /** The dashboard of this name, whatever it runs. */
    Dashboard dashboard(String name);

    /** What would protect it; empty if nothing would change. */
    Optional<Change> protection(Dashboard dashboard);

    /** Makes it read its definitions again. Nothing is restarted. */
    void reload();

    /** What an operator still has to do for a changed definition of {@code dashboard} to count; empty if nothing. */
    Optional<String> stillToDo(Dashboard dashboard);

    /** Our own service, or the sweep at intervals instead of it; empty where a package has put it there already. */
    List<Change> definitions(boolean sweep);

    /** Starts it now and from now on; one that runs is started again. */
    void start(boolean sweep);

    /** Stops both kinds now and from now on; what is not there is no error. */
    void stop();

    /** How our own service does, in a line each; empty if there is none. */
    List<String> state();
}
