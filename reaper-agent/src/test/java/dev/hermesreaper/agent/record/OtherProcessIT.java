package dev.hermesreaper.agent.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.SQLiteConfig;

/** What a whole process does that reads a record: what it loads, what it leaves, and what it can do without rights. */
final class OtherProcessIT {

    @TempDir
    private Path directory;

    private HermesHome home;
    private Path scratch;

    @BeforeEach
    void aHome() throws IOException {
        home = new HermesHome(directory.resolve("home"));
        scratch = Files.createDirectories(directory.resolve("scratch"));
    }

    @Test
    void loadsNothingOfSqliteWhereThereIsNoDatabase() throws IOException, InterruptedException {
        List<String> said = look(List.of(), List.of("-Xlog:class+load"));

        assertThat(said).anyMatch(line -> line.startsWith("says no row[there is no"));
        assertThat(said).anyMatch(line -> line.contains(".agent.record.HomeFiles "));
        assertThat(said).noneMatch(line -> line.contains("org.sqlite") || line.contains("java.sql."));
    }

    @Test
    void unpacksNoLibraryWhereItStays() throws IOException, InterruptedException {
        home.withOneSession();
        Path temporary = Files.createDirectories(directory.resolve("tmp"));

        List<String> said = look(List.of(), List.of("-Djava.io.tmpdir=" + temporary));

        assertThat(said).contains("says tui_close[]");
        assertThat(temporary).isEmptyDirectory();
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void knowsNothingWhereTheLibraryCannotBeLoaded() throws IOException, InterruptedException {
        home.withOneSession();

        List<String> said = look(List.of(), List.of("-Dos.arch=pdp11"));

        assertThat(said).anyMatch(line -> line.startsWith("says no row[") && line.contains("library cannot be loaded"));
        assertThat(scratch).isEmptyDirectory();
    }

    /** A home below a directory that may be passed but not listed, as {@code /home} on a shared machine. */
    @Test
    void readsItsOwnHomeWithoutRights() throws IOException, InterruptedException {
        assumeTrue(Files.getAttribute(directory, "unix:uid").equals(0), "not root: cannot become nobody");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
        home.withOneSession();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
        home.python(
                "for n in ['', 'state.db', 'state.db-wal', 'state.db-shm']:",
                "    os.chown(home + '/' + n, 65534, 65534)");
        Map<String, String> before = home.portrait();
        List<String> nobody = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

        List<String> said = look(nobody, List.of());
        assertThat(said).contains("says tui_close[]");
        assertThat(home.portrait()).isEqualTo(before);

        Files.setPosixFilePermissions(home.path().resolve("state.db"), PosixFilePermissions.fromString("---------"));
        assertThat(look(nobody, List.of())).anyMatch(line -> line.contains("permission denied"));
    }

    /** Copies, since nobody may not be allowed into the directories of whoever builds. */
    private String sharedClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (Class<?> needed :
                List.of(SessionRecords.class, RecordLook.class, SQLiteConfig.class, Gson.class, Logger.class)) {
            Path source = Path.of(
                    needed.getProtectionDomain().getCodeSource().getLocation().getPath());
            Path copy = directory.resolve("class-path").resolve(Integer.toString(copies.size()));
            Files.createDirectories(copy.getParent());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path to = copy.resolve(source.relativize(file).toString());
                    if (!Files.exists(to)) {
                        Files.copy(file, to);
                    }
                }
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private List<String> look(List<String> as, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(as);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", sharedClassPath()));
        command.addAll(options);
        int owner = (Integer) Files.getAttribute(home.path(), "unix:uid");
        command.addAll(List.of(
                RecordLook.class.getName(), home.path().toString(), Integer.toString(owner), scratch.toString()));
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
