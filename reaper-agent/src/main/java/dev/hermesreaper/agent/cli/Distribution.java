package dev.hermesreaper.agent.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Where this program is installed: its jar lies in {@code lib}, the programs beside that in {@code bin}. */
final class Distribution {

    private Distribution() {}

    /** The directory of the programs; where it runs from no distribution, the usual one. */
    static Path programs() {
        return Optional.ofNullable(Distribution.class.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(location -> {
                    try {
                        return Path.of(location.toURI());
                    } catch (URISyntaxException impossible) {
                        throw new IllegalStateException("our own jar is nowhere", impossible);
                    }
                })
                .filter(jar -> jar.toString().endsWith(".jar"))
                .map(Path::getParent)
                .map(Path::getParent)
                .map(home -> home.resolve("bin"))
                .filter(bin -> !bin.equals(Path.of("/usr/lib/hermes-reaper/bin")))
                .orElse(Path.of("/usr/bin"));
    }
}
