package dev.hermesreaper.agent.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version this was built as, from the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"hermes-reaper " + number()};
    }

    /** {@code 0.1.0}. */
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }
}
