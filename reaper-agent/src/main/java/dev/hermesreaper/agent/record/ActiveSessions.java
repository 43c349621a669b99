package dev.hermesreaper.agent.record;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code runtime/active_sessions.json}, where newer gateways claim the sessions they work on. No such file means no
 * such claim, and proves nothing: older gateways keep none, and newer ones claim a session at its first turn.
 */
final class ActiveSessions {

    static final String DIRECTORY = "runtime";
    static final String NAME = "active_sessions.json";

    /** Some thousand entries; Hermes keeps one for each session in use. */
    private static final int LARGEST_BYTES = 1 << 20;

    /** Hermes takes start times from the kernel's boot time in whole seconds, and the clock is slewed. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private ActiveSessions() {}

    /**
     * One entry.
     *
     * @param key the session it claims
     * @param pid the gateway that does
     * @param started when that gateway started; empty where it did not say
     * @param updated when the entry was last written; empty where it does not say
     */
    record Claim(String key, int pid, Optional<Instant> started, Optional<Instant> updated) {

        /**
         * Whether the process that made the claim lives. One that started at another moment took over its pid, unless it
         * was there before the entry was last written: then the wall clock was stepped in between.
         */
        boolean holds(ProcessStarts processes) {
            Optional<Instant> start = processes.startOf(pid);
            if (start.isEmpty()) {
                return false;
            }
            return started.isEmpty()
                    || Duration.between(started.get(), start.get()).abs().compareTo(TOLERANCE) <= 0
                    || updated.filter(at -> !start.get().isAfter(at)).isPresent();
        }
    }

    /** All entries. */
    static List<Claim> read(HomeFiles home) throws UnreadableException {
        Optional<HomeFiles> runtime = home.directory(DIRECTORY);
        if (runtime.isEmpty()) {
            return List.of();
        }
        try (HomeFiles directory = runtime.get()) {
            Optional<FileStamp> stamp = directory.stamp(NAME);
            if (stamp.isEmpty()) {
                return List.of();
            }
            if (stamp.get().size() > LARGEST_BYTES) {
                throw new UnreadableException(directory.path(NAME) + " is too large");
            }
            return claims(
                    directory,
                    StandardCharsets.UTF_8
                            .decode(directory.head(NAME, LARGEST_BYTES))
                            .toString());
        }
    }

    private static List<Claim> claims(HomeFiles directory, String text) throws UnreadableException {
        try {
            List<Claim> claims = new ArrayList<>();
            for (JsonElement entry : new Gson().fromJson(text, JsonObject.class).getAsJsonArray("entries")) {
                claims.add(claim(entry.getAsJsonObject()));
            }
            return claims;
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | NumberFormatException
                | NullPointerException e) {
            // Gson's ways to say that something else stands where an object, a list or a number should be.
            throw new UnreadableException(directory.path(NAME) + " is not what Hermes writes");
        }
    }

    private static Claim claim(JsonObject entry) throws UnreadableException {
        return new Claim(
                value(entry, "session_id")
                        .orElseThrow(() -> new UnreadableException("an entry of %s names no session".formatted(NAME)))
                        .text(),
                value(entry, "pid")
                        .orElseThrow(() -> new UnreadableException("an entry of %s names no pid".formatted(NAME)))
                        .pid(),
                instant(entry, "process_start_time"),
                instant(entry, "updated_at"));
    }

    private static Optional<Instant> instant(JsonObject entry, String name) throws UnreadableException {
        Optional<Value> value = value(entry, name);
        return value.isEmpty() ? Optional.empty() : Optional.of(value.get().instant());
    }

    private static Optional<Value> value(JsonObject entry, String name) {
        Optional<JsonElement> element = Optional.ofNullable(entry.get(name)).filter(it -> !it.isJsonNull());
        return element.map(JsonElement::getAsJsonPrimitive).map(primitive -> new Value(raw(primitive), name));
    }

    private static Object raw(JsonPrimitive primitive) {
        return primitive.isNumber() ? (Object) primitive.getAsDouble() : primitive.getAsString();
    }
}
