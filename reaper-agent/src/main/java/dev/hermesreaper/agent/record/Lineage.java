package dev.hermesreaper.agent.record;

import java.util.List;
import java.util.Optional;

/**
 * What a database says of one session key.
 *
 * @param keys the sessions it was compressed from, oldest last, itself, and those it was compressed into
 * @param row its own row, empty if there is none
 * @param tip the last row of its compression chain, itself where it was not compressed
 * @param problem why this is not all
 */
record Lineage(List<String> keys, Optional<SessionRow> row, Optional<SessionRow> tip, Optional<String> problem) {

    static Lineage none(String key) {
        return new Lineage(List.of(key), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Lineage unknown(String key, String why) {
        return new Lineage(List.of(key), Optional.empty(), Optional.empty(), Optional.of(why));
    }
}
