package dev.hermesreaper.agent.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was set, by the name of its setting; everything else is at its default. A stronger origin is put in last. */
final class Values {

    private final Map<String, Value> set = new HashMap<>();

    void put(Setting<?> setting, Object value, Origin origin) {
        set.put(setting.name(), new Value(value, origin));
    }

    void putAll(Values stronger) {
        set.putAll(stronger.set);
    }

    boolean contains(Setting<?> setting) {
        return set.containsKey(setting.name());
    }

    /** The configuration that follows. */
    Config config() {
        return new Config(
                new ScanConfig(of(Settings.SOURCE), of(Settings.INTERVAL)),
                judge(),
                reap(),
                new Config.Hermes(of(Settings.HOMES)),
                new Config.Protect(
                        of(Settings.PROTECTED_SESSIONS),
                        of(Settings.PROTECTED_PIDS),
                        of(Settings.PROTECTING_VARIABLES)),
                new Config.Ledger(of(Settings.LEDGER_SIZE), of(Settings.LEDGER_KEEP)),
                new Config.Metrics(of(Settings.TEXTFILE), of(Settings.LISTEN)),
                new Config.Notify(of(Settings.COMMAND)),
                new Config.Log(of(Settings.LOG_LEVEL), of(Settings.LOG_FORMAT)));
    }

    /** Every setting with the origin of its value. */
    List<EffectiveConfig.Entry> entries() {
        var entries = new ArrayList<EffectiveConfig.Entry>();
        for (Setting<?> setting : Settings.ALL.values()) {
            Value value = set.getOrDefault(setting.name(), new Value(setting.defaultValue(), Origin.DEFAULT));
            String text = setting.write(value.value());
            entries.add(new EffectiveConfig.Entry(
                    setting.section(), setting.key(), text, value.origin(), setting.effective()));
        }
        return List.copyOf(entries);
    }

    /** A warning for each that was set although this version does not act on it. */
    List<String> withoutEffect() {
        var warnings = new ArrayList<String>();
        if (!set.isEmpty()) {
            for (Setting<?> setting : Settings.ALL.values()) {
                Value value = set.get(setting.name());
                if (value != null && !setting.effective()) {
                    warnings.add(setting.label() + " has no effect in this version (" + value.origin() + ")");
                }
            }
        }
        return warnings;
    }

    private JudgePolicy judge() {
        return new JudgePolicy(
                of(Settings.ORPHANED),
                of(Settings.SESSION_ENDED),
                of(Settings.SUPERSEDED),
                of(Settings.ABANDONED),
                of(Settings.SURPLUS),
                of(Settings.MIN_AGE),
                of(Settings.SETTLE),
                of(Settings.BUSY_PATIENCE),
                of(Settings.SUPERSEDED_IDLE),
                of(Settings.SUPERSEDED_IDLE_ATTACHED),
                of(Settings.SESSION_GRACE),
                of(Settings.ABANDONED_IDLE),
                of(Settings.SURPLUS_IDLE));
    }

    private ReapPolicy reap() {
        return new ReapPolicy(
                of(Settings.MODE),
                of(Settings.TERM_GRACE),
                of(Settings.KILL_GRACE),
                of(Settings.MAX_REAPS),
                of(Settings.DESCENDANTS),
                of(Settings.USERS),
                of(Settings.WITHOUT_PIDFD),
                of(Settings.FOREIGN_NAMESPACES));
    }

    private <T> T of(Setting<T> setting) {
        Value value = set.get(setting.name());
        return value == null ? setting.defaultValue() : setting.cast(value.value());
    }

    private record Value(Object value, Origin origin) {}
}
