package dev.hermesreaper.agent.demo;

import com.google.gson.JsonObject;

/**
 * What {@code /proc/PID/stat} said of a process.
 *
 * @param state its letter, {@code X} when there is no such process (and all numbers are 0)
 * @param startTicks field 22: clock ticks after boot
 */
public record Standing(String state, long parentPid, long groupPid, long sessionPid, long startTicks) {
    static Standing of(JsonObject answer) {
        String state = answer.get("state").getAsString();
        if (state.isEmpty()) {
            return new Standing("X", 0, 0, 0, 0);
        }
        return new Standing(
                state,
                answer.get("ppid").getAsLong(),
                answer.get("pgid").getAsLong(),
                answer.get("sid").getAsLong(),
                answer.get("start").getAsLong());
    }

    /** Gone, or a zombie. */
    public boolean isGone() {
        return state.equals("X") || state.equals("Z");
    }
}
