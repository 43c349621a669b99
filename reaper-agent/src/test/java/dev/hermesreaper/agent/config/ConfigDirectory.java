package dev.hermesreaper.agent.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A private directory of configuration files for a test. */
record ConfigDirectory(Path path) {

    Path file() {
        return path.resolve("config.toml");
    }

    /** Of the user who runs the test: the owner of what it has just made. */
    long userId() {
        try {
            return (Integer) Objects.requireNonNull(Files.getAttribute(path, "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Locations locations() {
        return new Locations(List.of(file()), path.resolve("state"));
    }

    Path write(byte[] content) {
        try {
            Files.write(file(), content);
            return permit(file(), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(String toml) {
        return write(toml.getBytes(StandardCharsets.UTF_8));
    }

    /** Whatever the umask of the one who runs the test. */
    static Path permit(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    EffectiveConfig read(String toml) {
        return sources(write(toml)).read();
    }

    ConfigSources sources(Path file) {
        return new ConfigSources(Optional.of(file), locations(), Map.of(), List.of(), userId());
    }
}
