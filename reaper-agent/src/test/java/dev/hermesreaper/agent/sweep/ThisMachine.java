package dev.hermesreaper.agent.sweep;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.hermes.Lookout;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.Source;
import dev.hermesreaper.agent.host.oshi.Hosts;
import java.util.Locale;
import java.util.Set;

/** This machine as the tests read it: its {@code /proc}, or with {@code -Dit.source=oshi} by the second reader. */
final class ThisMachine {

    static final String PROPERTY = "it.source";
    static final String SOURCE = System.getProperty(PROPERTY, "proc");

    private ThisMachine() {}

    /** Skips a test of what the second reader cannot tell, for the reason given; it keeps the worker then. */
    static void assumeProc(String reason) {
        assumeTrue(SOURCE.equals("proc"), reason);
    }

    static Host keeping(Set<String> variables) {
        return Hosts.of(Source.valueOf(SOURCE.toUpperCase(Locale.ROOT)), Lookout.TRACES, variables);
    }
}
