package dev.hermesreaper.agent.host.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The kernel's own threads; none are to be seen in a container. */
final class KernelThreads {

    /** PF_KTHREAD, the flag of proc_pid_stat(5) that no other process has. */
    private static final long OF_THE_KERNEL = 0x20_0000;

    private KernelThreads() {}

    static Set<Integer> pids() throws IOException {
        Set<Integer> pids = new HashSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path it : all.toList()) {
                String name = it.getFileName().toString();
                if (name.matches("[0-9]+") && isOfTheKernel(it)) {
                    pids.add(Integer.parseInt(name));
                }
            }
        }
        return pids;
    }

    private static boolean isOfTheKernel(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            String flags = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 8)[6];
            return (Long.parseLong(flags) & OF_THE_KERNEL) != 0;
        } catch (IOException gone) {
            return false; // it has ended meanwhile, so it is none of those that stay
        }
    }
}
