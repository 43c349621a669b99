package dev.hermesreaper.agent.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a stand-in is started and how it misbehaves. Immutable: every method returns another part.
 *
 * @param options as {@code standin/parent.py} and {@code standin/gateway.py} name them
 */
public record Part(Map<String, Object> options) {
    /** Where a stand-in's standard input comes from. */
    public enum Stdin {
        /** As Python's gateways give it. */
        PIPE,
        /** As node gives it. */
        SOCKETPAIR,
        /** {@code /dev/null}. */
        NULL,
        /** An empty file. */
        FILE
    }

    public Part {
        options = Map.copyOf(options);
    }

    /** A part that behaves as the real one does. */
    public static Part plain() {
        return new Part(Map.of());
    }

    /** Any other option that the Python side knows. */
    public Part with(String option, Object value) {
        Map<String, Object> more = new HashMap<>(options);
        more.put(option, value);
        return new Part(more);
    }

    /** Adds to the environment, which is otherwise its parent's. */
    public Part env(String name, String value) {
        Map<String, Object> environment = new HashMap<>();
        if (options.get("env") instanceof Map<?, ?> before) {
            before.forEach((key, old) -> environment.put(String.valueOf(key), old));
        }
        environment.put(name, value);
        return with("env", Map.copyOf(environment));
    }

    public Part stdin(Stdin kind) {
        return with("stdin", kind.name().toLowerCase(Locale.ROOT));
    }

    /** Arguments after the usual ones. */
    public Part args(String... arguments) {
        return with("args", List.of(arguments));
    }

    /** Arguments of the interpreter, before {@code -m}. */
    public Part flags(String... arguments) {
        return with("flags", List.of(arguments));
    }

    /** A session and group of its own, as workers have since Hermes 0.18.0. */
    public Part ownSession() {
        return with("new_session", true);
    }

    /** Starts as a daemon does, by a double fork: its parent is init or the nearest subreaper. */
    public Part detached() {
        return with("detach", true);
    }

    /** Runs as another user; needs root, and an interpreter that this user may execute. */
    public Part user(int uid) {
        return with("uid", uid);
    }

    /** Its interpreter is removed once it runs, so that {@code exe} ends in {@code (deleted)}: an update. */
    public Part deletedInterpreter() {
        return with("deleted_exe", true);
    }

    /** In a pid namespace of its own, by {@code unshare(1)}; root only, and only for what starts nothing itself. */
    public Part ownPidNamespace() {
        return with("pid_namespace", true);
    }

    /** Gets this pid, which must be free. Needs root in the pid namespace, and may lose a race with other forks. */
    public Part atPid(long pid) {
        return with("at_pid", pid);
    }

    /** Inherits the write ends of these siblings' standard input: a leaked descriptor. */
    public Part holdingStdinOf(StagedProcess... siblings) {
        return with("holds", List.of(siblings).stream().map(StagedProcess::pid).toList());
    }

    /** A worker whose standard input is also held by a process that is not Hermes and outlives the gateway. */
    public Part leakingStdin() {
        return with("leak_stdin_to", "sleep");
    }

    /** Says {@code --session-key=k}, in one argument. */
    public Part equalsForm() {
        return with("equals", true);
    }

    /** Adds {@code --parent-pid}, as newer gateways do. */
    public Part namingItsParent() {
        return with("parent_pid", true);
    }

    public Part ignoringTerm() {
        return env("STANDIN_IGNORE_TERM", "1");
    }

    public Part ignoringHangup() {
        return env("STANDIN_IGNORE_HUP", "1");
    }

    /** Stays when its input ends, parked without CPU time. */
    public Part ignoringEof() {
        return env("STANDIN_IGNORE_EOF", "1");
    }

    /** A stdio gateway or node that stays at the end of its input, deaf, with its children's pipes open. */
    public Part hanging() {
        return env("STANDIN_HANG", "1");
    }

    /** The thread of Hermes 0.17 and later, which wakes every 2 s and leaves at most 7 s after the parent changed. */
    public Part watchingItsParent() {
        return env("STANDIN_WATCHDOG", "1");
    }

    /** Appends {@code <pid> <signal>} to the file for every signal received, then acts as if there were no log. */
    public Part loggingSignals(Path file) {
        return env("STANDIN_SIGNAL_LOG", file.toString());
    }

    static Map<String, String> hex(byte[] bytes) {
        return Map.of("hex", HexFormat.of().formatHex(bytes));
    }

    static Map<String, String> hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
