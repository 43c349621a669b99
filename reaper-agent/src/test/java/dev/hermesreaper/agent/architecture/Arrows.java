package dev.hermesreaper.agent.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Which package may know which: the table of {@code docs/architecture.md}. A package that is not in it may not exist, so
 * that a new one is a decision.
 */
final class Arrows {

    private static final String OURS = "dev.hermesreaper.";
    private static final String ROOT = ".agent.";

    static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("process", Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("demo", Set.of()),
            Map.entry("host", Set.of("process")),
            Map.entry("host.linux", Set.of("host", "process")),
            Map.entry("host.oshi", Set.of("host", "host.linux", "process")),
            Map.entry("hermes", Set.of("host", "process")),
            Map.entry("record", Set.of("process")),
            Map.entry("sighting", Set.of("hermes", "process")),
            Map.entry("judge", Set.of("config", "hermes", "host", "process", "record", "sighting")),
            Map.entry("reap", Set.of("config", "hermes", "host", "judge", "process")),
            Map.entry(
                    "sweep",
                    Set.of(
                            "record",
                            "config",
                            "hermes",
                            "host",
                            "host.oshi",
                            "judge",
                            "ledger",
                            "process",
                            "reap",
                            "regret",
                            "sample",
                            "sighting",
                            "state")),
            Map.entry("sample", Set.of("hermes", "host", "judge", "process", "state")),
            Map.entry(
                    "regret",
                    Set.of("config", "hermes", "host", "judge", "ledger", "process", "reap", "sighting", "state")),
            Map.entry("ledger", Set.of("host", "judge", "process", "reap", "state")),
            Map.entry("service", Set.of("config")),
            Map.entry(
                    "doctor",
                    Set.of(
                            "config",
                            "demo",
                            "hermes",
                            "host",
                            "judge",
                            "process",
                            "reap",
                            "service",
                            "sighting",
                            "sweep")),
            Map.entry("log", Set.of("config", "host", "judge", "process", "reap")),
            Map.entry("notification", Set.of("config", "judge", "hermes", "host", "process", "reap", "state", "sweep")),
            Map.entry("metrics", Set.of("config", "hermes", "host", "judge", "process", "regret", "report", "state")),
            Map.entry("state", Set.of("config", "host", "process", "sighting")),
            Map.entry(
                    "report",
                    Set.of(
                            "config",
                            "hermes",
                            "host",
                            "judge",
                            "ledger",
                            "process",
                            "reap",
                            "regret",
                            "sample",
                            "sighting",
                            "state",
                            "sweep")),
            Map.entry(
                    "cli",
                    Set.of(
                            "config",
                            "demo",
                            "doctor",
                            "hermes",
                            "host",
                            "host.oshi",
                            "judge",
                            "ledger",
                            "log",
                            "metrics",
                            "notification",
                            "process",
                            "reap",
                            "regret",
                            "report",
                            "sample",
                            "service",
                            "sighting",
                            "state",
                            "sweep")));

    private Arrows() {}

    /** The package below {@code agent} a class is in; the canaries mirror the real ones. */
    static String stageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName() + ".";
        int root = name.lastIndexOf(ROOT);
        return name.startsWith(OURS) && root >= 0 ? name.substring(root + ROOT.length(), name.length() - 1) : "";
    }

    static ArchCondition<JavaClass> areKept() {
        return new ArchCondition<>("know no package but those the table allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String stage = stageOf(type);
                Set<String> allowed = ALLOWED.get(stage);
                if (allowed == null) {
                    String message = "package %s of %s is not in the table".formatted(stage, type.getName());
                    events.add(SimpleConditionEvent.violated(type, message));
                    return;
                }
                for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
                    String target = stageOf(arrow.getTargetClass());
                    if (!target.isEmpty() && !target.equals(stage) && !allowed.contains(target)) {
                        events.add(SimpleConditionEvent.violated(arrow, arrow.getDescription()));
                    }
                }
            }
        };
    }
}
