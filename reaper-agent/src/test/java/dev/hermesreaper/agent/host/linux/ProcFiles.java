package dev.hermesreaper.agent.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@code /proc} made of files. */
record ProcFiles(Path root) {

    void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** One of user 1000, with a single thread, that started at tick 1000 and its pid. */
    void process(int pid, int parent, String state, String cmdline) throws IOException {
        write(
                pid + "/stat",
                "%d (python3) %s %d 1 1 0 -1 4194304 1 0 0 0 3 4 0 0 20 0 1 0 %d 1 1 1\n"
                        .formatted(pid, state, parent, 1000 + pid));
        write(pid + "/cmdline", cmdline);
        write(
                pid + "/status",
                """
                Name:\tpython3
                Uid:\t1000\t1001\t1001\t1001
                VmRSS:\t    1024 kB
                voluntary_ctxt_switches:\t5
                nonvoluntary_ctxt_switches:\t7
                """);
    }
}
