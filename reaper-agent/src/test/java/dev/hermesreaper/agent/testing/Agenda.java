package dev.hermesreaper.agent.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is going to happen on a machine, by the time it is awake; at the same time, in the order it was entered. */
final class Agenda {
    private record Item(Duration at, long order, Runnable what) {}

    private final List<Item> items = new ArrayList<>();
    private long order;

    void enter(Duration at, Runnable what) {
        items.add(new Item(at, order++, what));
    }

    /** When the next thing happens, if it happens by {@code latest}. */
    Optional<Duration> next(Duration latest) {
        return first().map(Item::at).filter(at -> at.compareTo(latest) <= 0);
    }

    /** Lets the next thing happen. */
    void happen() {
        Item item = first().orElseThrow();
        items.remove(item);
        item.what().run();
    }

    private Optional<Item> first() {
        return items.stream().min(Comparator.comparing(Item::at).thenComparingLong(Item::order));
    }
}
