package dev.hermesreaper.agent.sweep;

import dev.hermesreaper.agent.config.Config;
import dev.hermesreaper.agent.config.ConfigException;
import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.host.oshi.Hosts;
import dev.hermesreaper.agent.judge.Judge;
import dev.hermesreaper.agent.judge.Jurisdiction;
import dev.hermesreaper.agent.reap.Ledger;
import dev.hermesreaper.agent.reap.Restraint;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a pass needs, put together from one configuration: used by every command and by the daemon alike.
 *
 * @param config the settings in force
 * @param host this machine
 * @param users the names of its users
 * @param jurisdiction whose processes may be ended
 * @param limited whether reasons are ignored that the configuration does not ignore
 * @param records where session records come from
 */
public record Agent(
        Config config, Host host, Users users, Jurisdiction jurisdiction, boolean limited, RecordSource records) {

    /**
     * Puts an agent together.
     *
     * @param stateDirectory where state is kept; private copies of databases go there too if it can be used
     * @throws ConfigException if {@code [reap] users} names a user this machine does not have
     */
    public static Agent of(Config config, Host host, Users users, Path stateDirectory) {
        return new Agent(
                config,
                host,
                users,
                jurisdiction(config, host.self().uid(), users),
                false,
                new RecordReader(host, stateDirectory));
    }

    /**
     * An agent for this machine, which is read as {@code scan.source} says.
     *
     * @param stateDirectory where state is kept
     * @throws ConfigException if {@code [reap] users} names a user this machine does not have
     * @throws dev.hermesreaper.agent.host.HostException if this machine cannot be read that way
     */
    public static Agent onThisMachine(Config config, Path stateDirectory) {
        Source source =
                switch (config.scan().source()) {
                    case AUTO -> Source.AUTO;
                    case PROC -> Source.PROC;
                    case OSHI -> Source.OSHI;
                };
        return of(config, Hosts.of(source, Lookout.TRACES, variables(config)), Users.ofThisMachine(), stateDirectory);
    }

    /** This agent with every reap reason ignored that is not named. */
    public Agent limitedTo(Set<String> reasons) {
        return new Agent(config.withReasons(reasons), host, users, jurisdiction, true, records);
    }

    /** This agent, its passes on {@code other}: the same machine, asked through somebody who listens. */
    public Agent on(Host other) {
        return new Agent(config, other, users, jurisdiction, limited, records);
    }

    /** The environment variables of a worker that {@code config} asks for. */
    static Set<String> variables(Config config) {
        Set<String> names = new HashSet<>(Lookout.VARIABLES);
        names.addAll(config.protect().environment());
        return names;
    }

    /** Looks and judges, for a question: signals nobody. */
    public Inspector inspector(Recall memory) {
        return new Inspector(new Lookout(host), new Judge(config.judge(), jurisdiction), records, memory);
    }

    /**
     * A pass that ends what is leaked.
     *
     * @param restraint where the operator's word is looked up, {@link Memory#restraint}
     */
    public Sweep sweep(Ledger ledger, Restraint restraint, Sweep.Progress progress) {
        return new Sweep(this, ledger, restraint, progress);
    }

    private static Jurisdiction jurisdiction(Config config, int self, Users users) {
        Set<Integer> uids = new HashSet<>(Set.of(self));
        boolean everybody = false;
        for (String user : config.reap().users()) {
            if (user.equals("*")) {
                everybody = true;
            } else {
                Optional<Integer> uid = users.uidOf(user);
                if (uid.isEmpty()) {
                    throw new ConfigException("[reap] users: no user " + user
                            + " in /etc/passwd; name one that is there, or give the number");
                }
                uids.add(uid.get());
            }
        }
        return new Jurisdiction(
                everybody,
                uids,
                config.reap().foreignNamespaces(),
                Set.copyOf(config.protect().sessionKeys()),
                Set.copyOf(config.protect().pids()),
                Set.copyOf(config.protect().environment()));
    }
}
