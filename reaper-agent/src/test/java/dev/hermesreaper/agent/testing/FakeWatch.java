package dev.hermesreaper.agent.testing;

import dev.hermesreaper.agent.host.ExitWatch;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watches processes of a {@link World}. Without pidfds it watches nobody, and waiting is only waiting. */
final class FakeWatch implements ExitWatch {
    private final World world;
    private final Map<ProcessIdentity, FakeProcess> watched = new HashMap<>();
    private final Set<ProcessIdentity> told = new HashSet<>();
    private boolean called;

    FakeWatch(World world) {
        this.world = world;
        world.watches(this);
    }

    @Override
    public Optional<String> watch(Collection<ProcessEntry> processes) {
        Set<ProcessIdentity> wanted = new HashSet<>();
        processes.forEach(process -> wanted.add(process.identity()));
        watched.keySet().retainAll(wanted);
        told.retainAll(wanted);
        if (!world.hasPidfds()) {
            return Optional.of("no pidfds");
        }
        for (ProcessEntry process : processes) {
            if (!told.contains(process.identity())) {
                world.find(process.pid())
                        .filter(it -> it.identity().equals(process.identity()))
                        .ifPresent(it -> watched.put(process.identity(), it));
            }
        }
        return Optional.empty();
    }

    @Override
    public Woken await(Duration atMost) throws InterruptedException {
        if (!called && !hasEnded()) {
            world.pass(atMost, () -> called || hasEnded());
        }
        if (called) {
            called = false;
            return Woken.CALLED;
        }
        if (!hasEnded()) {
            return Woken.TIME;
        }
        watched.forEach((identity, process) -> {
            if (!world.isAlive(process)) {
                told.add(identity);
            }
        });
        watched.keySet().removeAll(told);
        return Woken.EXITED;
    }

    private boolean hasEnded() {
        return watched.values().stream().anyMatch(process -> !world.isAlive(process));
    }

    Set<ProcessIdentity> watched() {
        return Set.copyOf(watched.keySet());
    }

    @Override
    public void wake() {
        called = true;
    }

    @Override
    public void close() {
        watched.clear();
    }
}
