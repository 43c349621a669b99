package dev.hermesreaper.agent.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version this was built as, from the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
        return new String[] {"hermes-reaper " + version};
    }
}
