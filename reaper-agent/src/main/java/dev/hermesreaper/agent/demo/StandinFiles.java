package dev.hermesreaper.agent.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Python package of the stand-ins, copied out of the class path into a private directory.
 *
 * @param root readable by its owner alone, until a stand-in of another user is asked for
 */
record StandinFiles(Path root) {
    /** A jar cannot be listed, so the resources are: one path a line. */
    private static final String INDEX = "index.txt";

    /** Each fails only where the warden removed something between our look and our hand. */
    private static final int REMOVAL_ATTEMPTS = 5;

    /** @throws StageException if the directory cannot be written */
    static StandinFiles extract() {
        try {
            // Only the owner may enter what this makes, see Files.createTempDirectory.
            StandinFiles files = new StandinFiles(
                    Files.createTempDirectory("hermes-standin-").toRealPath());
            try {
                for (String name : files.index()) {
                    files.copy(name);
                }
                return files;
            } catch (IOException e) {
                files.remove();
                throw e;
            }
        } catch (IOException e) {
            throw new StageException("cannot copy the stand-ins into the temporary directory: " + e, e);
        }
    }

    private List<String> index() throws IOException {
        try (InputStream in = open(INDEX)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private void copy(String name) throws IOException {
        Path target = root.resolve(name);
        Files.createDirectories(target.getParent() == null ? root : target.getParent());
        try (InputStream in = open(name)) {
            Files.copy(in, target);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = StandinFiles.class.getResourceAsStream("standin/" + name);
        if (in == null) {
            throw new IOException("missing from this build: standin/" + name);
        }
        return in;
    }

    /** Removes the directory; what the warden has removed already, or removes meanwhile, is no error. */
    void remove() {
        for (int attempt = 1; Files.exists(root); attempt++) {
            remove(attempt);
        }
    }

    private void remove(int attempt) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            if (attempt == REMOVAL_ATTEMPTS) {
                throw new StageException("cannot remove " + root + ", do it by hand: " + e, e);
            }
        }
    }
}
