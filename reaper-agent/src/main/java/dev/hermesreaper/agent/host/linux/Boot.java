package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.host.HostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stays the same until the next boot.
 *
 * @param id the kernel's random id of this boot
 * @param ticksPerSecond unit of the times in {@code /proc/PID/stat} ({@code AT_CLKTCK}, {@code getauxval(3)})
 * @param listsChildren whether the kernel was built with {@code CONFIG_PROC_CHILDREN}
 * @param countsOpenFiles whether the size of {@code /proc/PID/fd} is the number of descriptors, as since Linux 6.2
 */
record Boot(String id, int ticksPerSecond, boolean listsChildren, boolean countsOpenFiles) {

    private static final long AT_CLKTCK = 17;

    static Boot read(ProcFs proc) {
        if (!proc.read("sys/kernel/random/boot_id")) {
            throw new HostException(
                    "cannot read " + proc.root() + "/sys/kernel/random/boot_id: run where /proc is mounted");
        }
        String id = proc.text().strip();
        int ticksPerSecond = ticksPerSecond(proc);
        return new Boot(id, ticksPerSecond, proc.read("thread-self/children"), OpenFileCount.isKnownByKernel(proc));
    }

    private static int ticksPerSecond(ProcFs proc) {
        if (proc.read("self/auxv")) {
            ByteBuffer pairs = ByteBuffer.wrap(proc.bytes(), 0, proc.length()).order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 16) {
                long type = pairs.getLong();
                long value = pairs.getLong();
                if (type == AT_CLKTCK && value > 0) {
                    return (int) value;
                }
            }
        }
        return 100;
    }
}
