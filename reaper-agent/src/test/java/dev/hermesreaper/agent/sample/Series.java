package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples of a machine with 8 GB and one dashboard, written down one after the other. */
public final class Series {

    public static final Instant NOON = Instant.parse("2026-05-07T12:00:00Z");
    public static final String BOOT = "6e0ea0b2-8f1f-4dbb-9c0c-5ad2b1a4a7c3";
    public static final ProcessIdentity DASHBOARD = new ProcessIdentity(BOOT, 8123, 100);

    private static final long GB = 1_000_000_000L;
    private static final long MB = 1_000_000L;

    private final List<Sample> samples = new ArrayList<>();
    private String boot = BOOT;
    private long ended;
    private int unknown;

    public Series reboot() {
        boot = "11111111-8f1f-4dbb-9c0c-5ad2b1a4a7c3";
        return this;
    }

    /** From now on so many could not be read. */
    public Series unknown(int workers) {
        unknown = workers;
        return this;
    }

    /** From now on so many more have been ended. */
    public Series ended(long more) {
        ended += more;
        return this;
    }

    /** One more sample, {@code minutes} after noon. */
    public Series at(double minutes, int workers, int leaked) {
        return at(minutes, workers, leaked, memory(4400 * MB, 81 * MB), 200 + 3L * workers);
    }

    public Series at(double minutes, int workers, int leaked, HostMemory memory, long files) {
        Duration after = Duration.ofMillis(Math.round(minutes * 60_000));
        ProcessIdentity dashboard = new ProcessIdentity(boot, DASHBOARD.pid(), DASHBOARD.startTicks());
        Map<String, Integer> verdicts = new LinkedHashMap<>();
        verdicts.put("reap", leaked);
        verdicts.put("keep", workers - leaked);
        MemoryUse held = new MemoryUse(true, workers * 95L * MB, 0);
        samples.add(new Sample(
                NOON.plus(after),
                boot,
                Duration.ofDays(3).plus(after),
                verdicts,
                unknown,
                5,
                4,
                Duration.ofHours(9),
                held,
                memory,
                ended,
                List.of(new GatewaySample(
                        dashboard, "dashboard", workers, leaked, held, new OpenFiles(true, files, 1024, 4096), ended)),
                List.of(new SessionSample("20260505_104123_c8063a", workers, leaked))));
        return this;
    }

    /** Of 7.8 GB and 4 GB of swap. */
    public static HostMemory memory(long available, long swapUsed) {
        return new HostMemory(true, 7800 * MB, available, 4 * GB, swapUsed);
    }

    public List<Sample> all() {
        return List.copyOf(samples);
    }

    public Sample last() {
        return samples.get(samples.size() - 1);
    }
}
