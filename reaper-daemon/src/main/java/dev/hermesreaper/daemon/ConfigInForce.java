package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.EffectiveConfig;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.state.Marks;
import dev.hermesreaper.agent.sweep.Agent;
import java.util.Optional;
import java.util.function.Function;

/**
 * The configuration in force and the agent made of it. Read again when somebody asks for it, or once a changed file has
 * stayed as it is for a while: half of a file, as an editor or {@code cp} shows it for a moment, may lack the very line that
 * protects a session. One that cannot be used leaves the last good one in force.
 */
final class ConfigInForce {

    private final ConfigSources sources;
    private final Function<EffectiveConfig, Agent> agents;
    private Marks read;
    private Marks seen;
    private EffectiveConfig effective;
    private Agent agent;
    private Optional<String> problem = Optional.empty();

    /**
     * @param agents makes an agent of a configuration
     * @throws ConfigException if the configuration cannot be used
     * @throws HostException if this machine cannot be observed
     */
    ConfigInForce(ConfigSources sources, Function<EffectiveConfig, Agent> agents) {
        this.sources = sources;
        this.agents = agents;
        this.read = Marks.of(sources.places());
        this.seen = read;
        this.effective = sources.read();
        this.agent = agents.apply(effective);
    }

    EffectiveConfig effective() {
        return effective;
    }

    Agent agent() {
        return agent;
    }

    /** Why the newest configuration is not in force; empty if it is. */
    Optional<String> problem() {
        return problem;
    }

    /** What tells whether a file has changed since it was last looked at here. */
    Marks marks() {
        return seen;
    }

    /** Whether a file is just being changed: to be asked again in a while. */
    boolean isChanging() {
        return !seen.areThoseOf(read);
    }

    /** What came of looking for another configuration. */
    enum Refreshed {
        /** There is none, or not yet. */
        UNCHANGED,
        /** Another one is in force from now on. */
        CHANGED,
        /** There is another one, and it cannot be used: see {@link #problem}. */
        REFUSED
    }

    /**
     * Looks whether there is another configuration, and takes it on. One that was refused is read again each time: what
     * mends it, such as the mode of a directory above the file, need not show in the file.
     *
     * @param asked whether somebody says so: then it is read as it is now
     */
    Refreshed refresh(boolean asked) {
        Marks now = Marks.of(sources.places());
        boolean settled = now.areThoseOf(seen);
        boolean isAnother = !now.areThoseOf(read);
        Optional<String> said = problem;
        seen = now;
        if (!asked && (!settled || (!isAnother && said.isEmpty()))) {
            return Refreshed.UNCHANGED;
        }
        read = now;
        Refreshed came = take();
        boolean isSaid = !asked && !isAnother && came == Refreshed.REFUSED && problem.equals(said);
        return isSaid ? Refreshed.UNCHANGED : came;
    }

    private Refreshed take() {
        try {
            EffectiveConfig next = sources.read();
            agent = agents.apply(next);
            effective = next;
            problem = Optional.empty();
            return Refreshed.CHANGED;
        } catch (ConfigException e) {
            problem = Optional.of(String.join("; ", e.problems()));
        } catch (HostException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return Refreshed.REFUSED;
    }
}
