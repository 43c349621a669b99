package dev.hermesreaper.agent.host.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cgroup of a test's own, in which processes it started are frozen. */
public final class Freezer implements AutoCloseable {

    /** The hierarchies a machine may have; one that is half on version 2 has both. */
    public enum Version {
        /** Holds back even SIGKILL. */
        ONE("freezer.state", "FROZEN\n", "THAWED\n"),
        TWO("cgroup.freeze", "1\n", "0\n");

        private final String file;
        private final String frozen;
        private final String thawed;

        Version(String file, String frozen, String thawed) {
            this.file = file;
            this.frozen = frozen;
            this.thawed = thawed;
        }

        private List<Path> roots() {
            return switch (this) {
                case ONE -> List.of(Path.of("/sys/fs/cgroup/freezer"));
                case TWO -> List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"));
            };
        }
    }

    private final Version version;
    private final Path group;

    private Freezer(Version version, Path group) {
        this.version = version;
        this.group = group;
    }

    /** A new one; empty where this machine lets us make none. */
    public static Optional<Freezer> of(Version version) {
        for (Path root : version.roots()) {
            Path group = root.resolve("hermes-reaper-it-" + System.nanoTime());
            try {
                if (Files.exists(root.resolve("cgroup.procs"))) {
                    return Optional.of(new Freezer(version, Files.createDirectory(group)));
                }
            } catch (IOException refused) {
                // The next one, then.
            }
        }
        return Optional.empty();
    }

    /** Takes {@code pid} in, and freezes everybody in here; it takes the kernel a moment. */
    public void freeze(int pid) {
        write("cgroup.procs", pid + "\n");
        write(version.file, version.frozen);
    }

    /** Lets everybody in here go on. */
    public void thaw() {
        write(version.file, version.thawed);
    }

    private void write(String name, String value) {
        try {
            Files.writeString(group.resolve(name), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called once those in here are ended. */
    @Override
    public void close() {
        thaw();
        try {
            for (int i = 0;
                    i < 500 && !Files.readString(group.resolve("cgroup.procs")).isEmpty();
                    i++) {
                Thread.sleep(10);
            }
            Files.delete(group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
