package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody without rights sees of root's worker; runs as root only, since it becomes nobody. */
final class UnprivilegedIT {

    @TempDir
    private Path shared;

    @Test
    void marksWhatTheKernelRefusesToShow() throws IOException, InterruptedException {
        assumeTrue(ownUid() == 0, "not root: cannot look through the eyes of another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RealProcesses real = new RealProcesses()) {
            Spawned worker = real.worker("k", "");
            Process mention = new ProcessBuilder("bash", "-c", "exec -a 'sshd: hermes@pts/0' sleep 600").start();
            List<String> seen;
            try {
                seen = look(worker.pid(), mention.pid());
            } finally {
                mention.destroyForcibly();
            }

            assertThat(seen)
                    .containsExactly(
                            "self 65534",
                            "uid 0",
                            "argv true",
                            "executable false",
                            "activity false",
                            "stdin UNREADABLE",
                            "environment false",
                            "memory true",
                            "files true",
                            "clients false",
                            "gap true",
                            "gap of init false",
                            "gap of a mention false",
                            "signal NOT_PERMITTED true false");
            assertThat(worker.process().isAlive()).isTrue();
        }
    }

    private List<String> look(int pid, long mention) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djna.tmpdir=/tmp",
                "-cp",
                sharedClassPath(),
                UnprivilegedLook.class.getName(),
                Integer.toString(pid),
                Long.toString(mention)));
        Process process = new ProcessBuilder(command)
                .directory(shared.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = reader.lines().toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }

    /** Copies, since nobody may not be allowed into the directories of whoever builds. */
    private String sharedClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (Class<?> needed : List.of(LinuxHost.class, UnprivilegedLook.class, Native.class)) {
            Path source = Path.of(
                    needed.getProtectionDomain().getCodeSource().getLocation().getPath());
            Path copy = shared.resolve(Integer.toString(copies.size()));
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(source.relativize(file).toString()));
                }
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static int ownUid() {
        return new LinuxHost(RealProcesses.TRACES, Set.of()).self().uid();
    }
}
