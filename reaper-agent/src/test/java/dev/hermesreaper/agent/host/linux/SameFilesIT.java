package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.ProcessEntry;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a real process has the root directory that we have. Other roots and mounts need root. */
final class SameFilesIT {

    private static final String ANOTHER_NAMESPACE =
            "import ctypes\nif ctypes.CDLL(None).unshare(0x00020000) != 0: sys.exit('no mount namespace')\n";

    private final LinuxHost host = new LinuxHost(RealProcesses.TRACES, Set.of());
    private final RealProcesses real = new RealProcesses();

    @TempDir
    private Path other;

    @AfterEach
    void end() {
        real.close();
    }

    private ProcessEntry entry(Spawned process) {
        return host.entry(process.pid()).orElseThrow();
    }

    private Spawned python(String act) {
        Spawned process =
                real.python("ready()\n" + act + "say('there')\nfor line in sys.stdin: pass\n", other.toString());
        assertThat(process.next()).containsExactly("there");
        return process;
    }

    @Test
    void aProcessOfThisMachineDoes() {
        assertThat(host.seesSameFiles(entry(python("")))).isTrue();
    }

    @Test
    void aSandboxWithMountsOfItsOwnDoes() {
        assumeTrue(host.self().uid() == 0, "SKIPPED: needs root");

        assertThat(host.seesSameFiles(entry(python(ANOTHER_NAMESPACE)))).isTrue();
    }

    @Test
    void aProcessWithAnotherRootDoesNot() {
        assumeTrue(host.self().uid() == 0, "SKIPPED: needs root");

        assertThat(host.seesSameFiles(entry(python("os.chroot(sys.argv[1])\n"))))
                .isFalse();
    }

    @Test
    void aContainerDoesNot() {
        assumeTrue(host.self().uid() == 0, "SKIPPED: needs root");
        String pivot = ANOTHER_NAMESPACE
                + """
                import subprocess
                run = lambda *words: subprocess.run(words, check=True)
                run('mount', '--make-rprivate', '/')
                run('mount', '-t', 'tmpfs', 'tmpfs', sys.argv[1])
                os.mkdir(sys.argv[1] + '/old')
                run('pivot_root', sys.argv[1], sys.argv[1] + '/old')
                """;

        assertThat(host.seesSameFiles(entry(python(pivot)))).isFalse();
    }

    @Test
    void ofAProcessThatIsGoneItCannotBeTold() {
        Spawned process = python("");
        ProcessEntry entry = entry(process);
        process.end();

        assertThat(host.seesSameFiles(entry)).isFalse();
    }
}
