package dev.hermesreaper.agent.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.host.linux.RealProcesses.Spawned;
import dev.hermesreaper.agent.process.Activity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real worker whose cgroup is frozen while it waits for input. */
final class FrozenIT {

    private final LinuxHost host = Means.CALLS.host();
    private final RealProcesses real = new RealProcesses();
    private Optional<Freezer> freezer = Optional.empty();

    @AfterEach
    void end() {
        freezer.ifPresent(Freezer::thaw);
        real.close();
        freezer.ifPresent(Freezer::close);
    }

    @ParameterizedTest
    @EnumSource
    void aCommandThatLiesUnreadInThePipeOfAFrozenOneIsNotTakenForNone(Freezer.Version version)
            throws InterruptedException {
        freezer = Freezer.of(version);
        assumeTrue(freezer.isPresent(), "no cgroup can be made here");
        Spawned worker = real.worker("k", "");
        Activity waiting = await(worker, Activity::waitsForInput);
        assertThat(waiting.frozen()).isFalse();

        freezer.get().freeze(worker.pid());
        // It is on its way into the freezer for a moment, and counts a switch once it is there.
        Activity frozen = await(worker, now -> now.frozen() && now.equals(activityOf(worker)));
        worker.tell("/help");

        assertThat(frozen.isStillSince(waiting)).isFalse();
        assertThat(activityOf(worker)).as("nothing else tells").isEqualTo(frozen);

        freezer.get().thaw();
        await(worker, now -> !now.frozen() && !now.mainThreadUnmovedSince(waiting));
    }

    private Activity activityOf(Spawned worker) {
        return host.details(host.entry(worker.pid()).orElseThrow()).activity();
    }

    private Activity await(Spawned worker, Predicate<Activity> expected) throws InterruptedException {
        Duration deadline = LinuxClock.awake().plus(Duration.ofSeconds(20));
        Activity activity = activityOf(worker);
        while (!expected.test(activity)) {
            assertThat(LinuxClock.awake()).as("waited in vain: %s", activity).isLessThan(deadline);
            LinuxClock.sleep(Duration.ofMillis(5));
            activity = activityOf(worker);
        }
        return activity;
    }
}
