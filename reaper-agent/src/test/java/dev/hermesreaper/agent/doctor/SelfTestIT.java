package dev.hermesreaper.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.config.ConfigSources;
import dev.hermesreaper.agent.config.Locations;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.sweep.Agent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestIT {

    @TempDir
    Path scratch;

    private Agent agent(List<ConfigSources.Flag> flags) {
        Locations nowhere = new Locations(List.of(scratch.resolve("none.toml")), scratch);
        return Agent.onThisMachine(
                new ConfigSources(Optional.empty(), nowhere, Map.of(), flags, OwnUser.uid())
                        .read()
                        .config(),
                scratch);
    }

    @Test
    void endsTheLeakItStagedAndNotItsNeighbour() throws InterruptedException {
        List<Finding> findings = SelfTest.run(agent(SelfTest.SHORT_WAITS));

        assumeTrue(
                OwnUser.uid() == 0 || !findings.get(0).said().contains("unknown"),
                "needs root: another user's Hermes hides what may own the leak");
        assertThat(findings).extracting(Finding::weight).containsExactly(Finding.Weight.FINE, Finding.Weight.FINE);
    }

    /** With the waits of a real sweep the leak is too young, and a test that finds nothing wrong would prove nothing. */
    @Test
    void failsWhereTheLeakIsNotEnded() throws InterruptedException {
        Agent agent = agent(List.of());
        Agent sleepless = Agent.of(agent.config(), sleepless(agent.host()), agent.users(), scratch);

        assertThat(SelfTest.run(sleepless)).first().satisfies(it -> {
            assertThat(it.isFault()).isTrue();
            assertThat(it.said()).contains("was not ended");
        });
    }

    /** It would be too young after any sleep. */
    private static Host sleepless(Host machine) {
        return (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    try {
                        return method.getName().equals("sleep") ? null : method.invoke(machine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
