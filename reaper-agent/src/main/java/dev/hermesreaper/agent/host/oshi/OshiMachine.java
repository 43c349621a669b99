package dev.hermesreaper.agent.host.oshi;

import dev.hermesreaper.agent.process.HostMemory;
import java.util.List;
import java.util.Optional;
import oshi.SystemInfo;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** What we ask OSHI, in our terms. */
final class OshiMachine {

    /** OSHI rounds start times to clock ticks itself, and every Linux it runs on has a hundred of them. */
    private static final int TICKS_PER_SECOND = 100;

    private final SystemInfo system;
    private final OperatingSystem os;

    OshiMachine(SystemInfo system) {
        this.system = system;
        this.os = system.getOperatingSystem();
    }

    @SuppressWarnings("NullAway") // OSHI says null for a process it does not see
    Optional<OSProcess> process(int pid) {
        return Optional.ofNullable(os.getProcess(pid));
    }

    List<OSProcess> processes() {
        return os.getProcesses();
    }

    /** When OSHI believes the machine was started, in milliseconds of the wall clock; read once, in whole seconds. */
    long bootMillis() {
        return os.getSystemBootTime() * 1000;
    }

    /** The wall clock at a start time in ticks, as OSHI reckons. */
    long millisAt(long startTicks) {
        return bootMillis() + startTicks * 1000 / TICKS_PER_SECOND;
    }

    /** OSHI's start time in clock ticks since boot. */
    long ticks(OSProcess process) {
        return Math.round((process.getStartTime() - bootMillis()) * (double) TICKS_PER_SECOND / 1000);
    }

    String hostName() {
        return os.getNetworkParams().getHostName();
    }

    HostMemory memory() {
        GlobalMemory memory = system.getHardware().getMemory();
        return memory.getTotal() <= 0
                ? HostMemory.UNREADABLE
                : new HostMemory(
                        true,
                        memory.getTotal(),
                        memory.getAvailable(),
                        memory.getVirtualMemory().getSwapTotal(),
                        memory.getVirtualMemory().getSwapUsed());
    }

    /** The letter {@code ps} shows. */
    static char letter(OSProcess.State state) {
        return switch (state) {
            case RUNNING -> 'R';
            case SLEEPING -> 'S';
            case WAITING -> 'D';
            case ZOMBIE -> 'Z';
            case STOPPED, SUSPENDED -> 'T';
            case NEW, OTHER, INVALID -> '?';
        };
    }
}
