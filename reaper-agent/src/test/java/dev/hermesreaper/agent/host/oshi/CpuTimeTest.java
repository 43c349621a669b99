package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimeTest {

    @Test
    void believesAClockThatShowsOurWork() {
        assertThat(CpuTime.isTold(() -> System.nanoTime() / 1_000_000)).isTrue();
    }

    /** A Mac's own unit taken for nanoseconds: 41.7 times too little. */
    @Test
    void doesNotBelieveOneThatCountsInAnotherUnit() {
        assertThat(CpuTime.isTold(() -> System.nanoTime() / 41_700_000)).isFalse();
        assertThat(CpuTime.isTold(() -> 0)).isFalse();
    }
}
