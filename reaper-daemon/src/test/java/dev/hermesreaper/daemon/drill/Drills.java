package dev.hermesreaper.daemon.drill;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The program inside the namespace: runs the drill it is told to, says how it went, and ends with 0 if it went well. */
public final class Drills {

    /** One drill; throws what went wrong. */
    interface Drill {
        void run(List<String> words, PrintStream out) throws Exception;
    }

    static final Map<String, Drill> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("latency", Latency::run),
            Map.entry("footprint", Footprint::run),
            Map.entry("soak", Soak::run),
            Map.entry("two-services", LifeDrills::twoServices),
            Map.entry("stop-in-grace", LifeDrills::stopInGrace),
            Map.entry("killed-between-term-and-kill", LifeDrills::killedBetweenTermAndKill),
            Map.entry("bad-config-in-reload", LifeDrills::badConfigInReload),
            Map.entry("stopped-for-a-while", LifeDrills::stoppedForAWhile),
            Map.entry("with-cron", LifeDrills::withCron),
            Map.entry("out-of-descriptors", HardshipDrills::outOfDescriptors),
            Map.entry("little-memory", HardshipDrills::littleMemory),
            Map.entry("disk-full", HardshipDrills::diskFull),
            Map.entry("hostile-state", HardshipDrills::hostileState),
            Map.entry("pids-wrap", HardshipDrills::pidsWrap),
            Map.entry("keep-marker", HardshipDrills::keepMarker)));

    private Drills() {}

    /** {@code DRILL WORD…}. */
    public static void main(String[] words) {
        Locale.setDefault(Locale.ROOT);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            ALL.get(words[0]).run(List.of(words).subList(1, words.length), out);
            out.println(words[0] + ": fine");
            System.exit(0);
        } catch (Exception | AssertionError e) {
            e.printStackTrace(out);
            System.exit(1);
        }
    }
}
