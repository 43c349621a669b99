package dev.hermesreaper.agent.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of one unit, as {@code systemctl show} says them: what is in force, drop-ins included. */
record UnitSettings(Map<String, String> values) {

    static final String ASKED = "Id,LoadState,ActiveState,FragmentPath,DropInPaths,ExecStart,KillMode,SendSIGKILL,"
            + "TimeoutStopUSec,LimitNOFILE,LimitNOFILESoft";

    private static final long SOFT = 8192;
    private static final long HARD = 16384;

    /** Longer, and a stop with workers that ignore SIGTERM is a hang to whoever waits for it. */
    private static final double LONGEST_STOP_SECONDS = 20;

    private static final Pattern WORDS = Pattern.compile("argv\\[]=(.*?) ; ignore_errors=");
    private static final Pattern SPAN = Pattern.compile("([0-9.]+)(us|ms|s|min|h|d|w)");
    private static final Map<String, Double> SECONDS =
            Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0, "d", 86400.0, "w", 604800.0);

    /** The settings of every unit in this output; units are separated by an empty line. */
    static List<UnitSettings> parse(String output) {
        List<UnitSettings> units = new ArrayList<>();
        for (String block : output.split("\n\n", -1)) {
            Map<String, String> values = new LinkedHashMap<>();
            for (String line : block.split("\n", -1)) {
                int at = line.indexOf('=');
                if (at > 0) {
                    values.merge(line.substring(0, at), line.substring(at + 1), (one, two) -> one + "\n" + two);
                }
            }
            if (values.containsKey("Id")) {
                units.add(new UnitSettings(values));
            }
        }
        return units;
    }

    String value(String key) {
        return values.getOrDefault(key, "");
    }

    boolean isDashboard() {
        Matcher words = WORDS.matcher(value("ExecStart"));
        while (words.find()) {
            if (Dashboard.isStartedBy(Arrays.asList(words.group(1).split("\\s+", -1)))) {
                return true;
            }
        }
        return value("Id").matches("hermes-dashboard.*\\.service");
    }

    /** What its settings do to a leak, in words. */
    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (!value("KillMode").equals("control-group")) {
            shortcomings.add("KillMode=" + value("KillMode") + ": a stop leaves "
                    + (value("KillMode").equals("mixed") ? "workers no time to finish" : "all workers behind"));
        }
        if (value("SendSIGKILL").equals("no")) {
            shortcomings.add("SendSIGKILL=no: a stop leaves workers behind that ignore SIGTERM");
        }
        if (stopSeconds() > LONGEST_STOP_SECONDS) {
            shortcomings.add("TimeoutStopSec=" + value("TimeoutStopUSec")
                    + ": workers that ignore SIGTERM hold every stop up for so long");
        }
        if (limit("LimitNOFILESoft") < SOFT || limit("LimitNOFILE") < HARD) {
            shortcomings.add("LimitNOFILE=%s:%s: leaked workers use it up, and then new chats fail"
                    .formatted(value("LimitNOFILESoft"), value("LimitNOFILE")));
        }
        return shortcomings;
    }

    /** The drop-in that mends all of them, and lowers nothing that is larger already. */
    String dropIn() {
        StringBuilder text = new StringBuilder();
        List<String> comment = new ArrayList<>();
        for (String line :
                Template.text("systemd/dropins/hermes-dashboard.conf").lines().toList()) {
            if (line.startsWith("#")) {
                comment.add(line);
                continue;
            }
            // Ours may be in force already, and another setting not: then it stays.
            boolean isWanted = !line.startsWith("TimeoutStopSec=")
                    || stopSeconds() > LONGEST_STOP_SECONDS
                    || line.equals("TimeoutStopSec=" + value("TimeoutStopUSec"));
            if (isWanted) {
                comment.forEach(it -> text.append(it).append('\n'));
                text.append(line.startsWith("LimitNOFILE=") ? limits() : line).append('\n');
            }
            comment.clear();
        }
        return text.toString();
    }

    private String limits() {
        return "LimitNOFILE=%s:%s"
                .formatted(larger(limit("LimitNOFILESoft"), SOFT), larger(limit("LimitNOFILE"), HARD));
    }

    private static String larger(long now, long ours) {
        return now == Long.MAX_VALUE ? "infinity" : Long.toString(Math.max(now, ours));
    }

    private long limit(String key) {
        String value = value(key);
        if (value.equals("infinity")) {
            return Long.MAX_VALUE;
        }
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }

    private double stopSeconds() {
        String value = value("TimeoutStopUSec");
        if (value.equals("infinity")) {
            return Double.MAX_VALUE;
        }
        double seconds = 0;
        Matcher spans = SPAN.matcher(value);
        while (spans.find()) {
            seconds += Double.parseDouble(spans.group(1)) * SECONDS.getOrDefault(spans.group(2), 0.0);
        }
        return seconds;
    }
}
