package dev.hermesreaper.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hermesreaper.agent.config.Pause;
import dev.hermesreaper.agent.config.ReapPolicy.Mode;
import dev.hermesreaper.agent.config.ReapPolicy.WithoutPidfd;
import dev.hermesreaper.agent.host.Users;
import dev.hermesreaper.agent.judge.Judgement;
import dev.hermesreaper.agent.testing.Sweeps;
import dev.hermesreaper.agent.testing.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final String MOUNT = "22 1 0:20 / /proc rw,nosuid - proc proc rw";

    @TempDir
    Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Doctor doctor(boolean isRoot) {
        return new Doctor(new Surroundings(root), isRoot);
    }

    private static List<Finding> faults(List<Finding> findings) {
        return findings.stream().filter(Finding::isFault).toList();
    }

    @Test
    void findsNothingWrongWithAnOrdinaryMachine() throws IOException {
        file("proc/self/mountinfo", MOUNT + "\n");
        file("proc/self/status", "CapEff:\t000001ffffffffff\n");
        file("proc/self/limits", "Max open files            1024                 524288               files\n");

        assertThat(faults(doctor(true).machine(List.of()))).isEmpty();
        assertThat(faults(doctor(false).machine(List.of()))).isEmpty();
        assertThat(doctor(false).others(List.of())).isEmpty();
    }

    @Test
    void findsProcessesHiddenByTheMountOfProc() throws IOException {
        file("proc/self/mountinfo", MOUNT + ",hidepid=invisible,gid=27\n");
        file("proc/self/status", "CapEff:\t0000000000000000\n");

        assertThat(faults(doctor(false).machine(List.of()))).singleElement().satisfies(fault -> {
            assertThat(fault.said()).contains("hidepid=invisible");
            assertThat(fault.fix()).contains("gid=");
        });
        file("proc/self/mountinfo", MOUNT + ",hidepid=0\n");
        assertThat(faults(doctor(false).machine(List.of()))).isEmpty();
    }

    @Test
    void findsWhatRootLacks() throws IOException {
        file("proc/self/status", "CapEff:\t0000000000000020\n");

        assertThat(faults(doctor(true).machine(List.of()))).singleElement().satisfies(fault -> assertThat(fault.said())
                .contains("CAP_SYS_PTRACE")
                .contains("CAP_DAC_READ_SEARCH")
                .doesNotContain("CAP_KILL"));
    }

    @Test
    void saysWhatThePtraceScopeTakesAway() throws IOException {
        file("proc/sys/kernel/yama/ptrace_scope", "1\n");

        assertThat(doctor(false).machine(List.of()))
                .anySatisfy(
                        it -> assertThat(it.said()).contains("ptrace_scope=1").contains("wchan"));
    }

    @Test
    void saysThatNobodyIsSignalledWithoutPidfdsIfToldToRefuse() {
        assertThat(doctor(true).signals(false, WithoutPidfd.REFUSE))
                .hasValueSatisfying(fault -> assertThat(fault.isFault()).isTrue());
        assertThat(doctor(true).signals(false, WithoutPidfd.RECHECK)).isEmpty();
        assertThat(doctor(true).signals(true, WithoutPidfd.REFUSE))
                .hasValueSatisfying(fine -> assertThat(fine.isFault()).isFalse());
    }

    @Test
    void findsALimitThatIsTooSmall() throws IOException {
        file("proc/self/limits", "Max open files            256                  256                  files\n");

        assertThat(faults(doctor(false).machine(List.of()))).singleElement().satisfies(fault -> {
            assertThat(fault.said()).contains("256");
            assertThat(fault.fix()).contains("LimitNOFILE=4096");
        });
    }

    @Test
    void findsAnotherReaper() throws IOException {
        file("etc/cron.d/old", "# slash_worker kill\n*/5 * * * * root pgrep -f slash_worker | xargs kill -9\n");
        file(
                "etc/cron.d/hermes-reaper",
                "*/30 * * * * root [ -d /run/systemd/system ] || hermes-reaper sweep --quiet\n");
        file("proc/77/comm", "proc-janitor\n");

        assertThat(doctor(true).others(List.of("*/9 * * * * pkill -f slash_worker")))
                .hasSize(3)
                .allMatch(Finding::isFault)
                .anySatisfy(it -> assertThat(it.said()).contains("/etc/cron.d/old"))
                .anySatisfy(it -> assertThat(it.said()).contains("crontab -l"))
                .anySatisfy(it -> assertThat(it.said()).contains("proc-janitor (77)"));
    }

    @Test
    void countsOnlyCronLinesThatAreInForce() throws IOException {
        file(
                "etc/cron.d/hermes-reaper",
                "*/30 * * * * root [ -d /run/systemd/system ] || hermes-reaper sweep --quiet\n");

        assertThat(new Surroundings(root).cronLines("*/9 * * * * hermes-reaper sweep --quiet"))
                .extracting(Surroundings.CronLine::isInForce)
                .containsExactly(true, false);
    }

    @Test
    void findsThatNoWorkerIsJudged() throws InterruptedException {
        World world = new World();
        world.worker(101).uid(World.UID + 1).orphanedTo(1);
        Judgement judgement = new Sweeps(world).sweep().judgement();

        assertThat(faults(doctor(true).look(judgement, Users.ofThisMachine())))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.said()).contains("1 of other users", "[reap] users does not name them");
                    assertThat(fault.fix()).isEqualTo("[reap] users = [\"*\"]");
                });
        assertThat(faults(doctor(false).look(judgement, Users.ofThisMachine()))).isEmpty();
    }

    @Test
    void findsThatItMaySignalNobody() {
        Pause pause = Pause.of("alice", Instant.EPOCH, Instant.parse("2026-05-07T13:00:00Z"));

        assertThat(faults(Orders.of(Optional.of(pause), Mode.OBSERVE)))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.said()).startsWith("paused until 2026-05-07 13:00:00 UTC by alice");
                    assertThat(fault.fix()).isEqualTo("hermes-reaper resume");
                });
        assertThat(Orders.of(Optional.empty(), Mode.OBSERVE)).singleElement().satisfies(note -> assertThat(note.said())
                .contains("mode = \"observe\""));
        assertThat(Orders.of(Optional.empty(), Mode.REAP)).isEmpty();
    }

    @Test
    void saysWhereStateCannotBeKept() throws IOException {
        assertThat(doctor(false).state(root, Optional.of("nothing is kept in x: chmod it")))
                .singleElement()
                .matches(Finding::isFault);
        assertThat(doctor(false).state(root, Optional.empty())).noneMatch(Finding::isFault);
        assertThat(doctor(false).state(root.resolve("not/yet/there"), Optional.empty()))
                .noneMatch(Finding::isFault);
        Path file = Files.writeString(root.resolve("file"), "");
        assertThat(doctor(false).state(file.resolve("state"), Optional.empty()))
                .singleElement()
                .matches(Finding::isFault)
                .extracting(Finding::said)
                .asString()
                .endsWith("file cannot be written");
    }

    @Test
    void bundlesNoFileThatALinkLeadsTo() throws IOException {
        Path bundle = root.resolve("doctor.zip");
        file("shadow", "root:*:19000:");
        Files.createSymbolicLink(root.resolve("ledger.jsonl"), root.resolve("shadow"));

        new Bundle().addFile("ledger.jsonl", root.resolve("ledger.jsonl")).writeTo(bundle);

        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            assertThat(zip.getInputStream(zip.entries().nextElement()))
                    .hasContent("is no regular file, and so was not read");
        }
    }

    @Test
    void gathersATextRedactedInAPrivateFileThatWasNotThere() throws IOException {
        Path file = root.resolve("doctor.zip");
        file("unit", "[Service]\nEnvironment=KEY=hunter2hunter2\nKillMode=process\n");

        new Bundle()
                .add("a.txt", "token=hunter2hunter2")
                .addFile("unit", root.resolve("unit"))
                .addMachine()
                .writeTo(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream()).hasSize(3).allSatisfy(entry -> {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).doesNotContain("hunter2hunter2");
            });
        }
        assertThatThrownBy(() -> new Bundle().writeTo(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
