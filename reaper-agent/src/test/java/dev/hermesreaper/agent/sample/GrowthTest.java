package dev.hermesreaper.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hermesreaper.agent.process.ProcessIdentity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

    @Test
    void isNoRateWithoutTwoSamplesTenMinutesApart() {
        assertThat(Growth.ofLeaked(List.of()).isRate()).isFalse();
        assertThat(Growth.ofLeaked(new Series().at(0, 9, 9).all()).isRate()).isFalse();
        assertThat(Growth.ofLeaked(new Series().at(0, 9, 9).at(5, 19, 19).all()).isRate())
                .isFalse();
    }

    @Test
    void countsWhatWasEndedBackIn() {
        Growth growth = Growth.ofLeaked(new Series()
                .at(0, 20, 10)
                .at(60, 30, 20)
                .ended(18)
                .at(60, 12, 2)
                .at(120, 22, 12)
                .all());

        assertThat(growth.added()).isEqualTo(20);
        assertThat(growth.ended()).isEqualTo(18);
        assertThat(growth.perHour()).isEqualTo(10.0, within(0.01));
        assertThat(growth.peak()).isEqualTo(20);
    }

    @Test
    void takesManyGoneAtOnceForEndedByOtherMeans() {
        Growth growth = Growth.ofWorkers(
                new Series().at(0, 128, 123).at(1, 19, 14).at(241, 46, 41).all());

        assertThat(growth.vanished()).isEqualTo(109);
        assertThat(growth.added()).isEqualTo(27);
        assertThat(growth.span()).isEqualTo(Duration.ofHours(4));
        assertThat(growth.perHour()).isEqualTo(6.75);
    }

    @Test
    void doesNotTakeComingAndGoingForGrowth() {
        Series series = new Series();
        for (int i = 0; i < 100; i++) {
            series.at(i, 20, i % 2 == 0 ? 10 : 11);
        }

        assertThat(Growth.ofLeaked(series.all()).added()).isLessThanOrEqualTo(1);
    }

    @Test
    void beginsAtNothingAfterAReboot() {
        Growth growth =
                Growth.ofLeaked(new Series().at(0, 50, 40).reboot().at(60, 6, 5).all());

        assertThat(growth.added()).isEqualTo(5);
        assertThat(growth.vanished()).isZero();
    }

    @Test
    void takesWorkersThatCouldNotBeReadForNeitherGoneNorNew() {
        Growth growth = Growth.ofLeaked(new Series()
                .at(0, 128, 120)
                .at(30, 130, 122)
                .unknown(130)
                .at(31, 130, 0)
                .unknown(0)
                .at(32, 130, 122)
                .at(60, 132, 124)
                .all());

        assertThat(growth.vanished()).isZero();
        assertThat(growth.added()).isEqualTo(4);
        assertThat(growth.span()).isEqualTo(Duration.ofMinutes(58));
    }

    @Test
    void countsAGatewayFromItsStart() {
        Sample before = new Series().at(0, 0, 0).last();
        Sample without = new Sample(
                before.at(),
                before.bootId(),
                before.sinceBoot(),
                before.verdicts(),
                0,
                0,
                0,
                Duration.ZERO,
                before.memory(),
                before.host(),
                0,
                List.of(),
                List.of());
        Sample after = new Series().at(30, 9, 8).last();

        assertThat(Growth.ofLeaked(List.of(without, after), Series.DASHBOARD).added())
                .isEqualTo(8);
        assertThat(Growth.ofLeaked(List.of(after), Series.DASHBOARD).added()).isZero();
        assertThat(Growth.ofLeaked(List.of(without, after), new ProcessIdentity(Series.BOOT, 1, 1))
                        .samples())
                .isZero();
    }

    @Test
    void findsReliefWithTheMemoryOnBothSides() {
        List<Sample> samples = new Series()
                .at(0, 128, 123, Series.memory(187_000_000, 3_900_000_000L), 600)
                .at(1, 19, 14, Series.memory(4_400_000_000L, 81_000_000), 240)
                .at(241, 46, 41)
                .all();

        assertThat(Relief.in(samples)).singleElement().satisfies(relief -> {
            assertThat(relief.workersBefore()).isEqualTo(128);
            assertThat(relief.workersAfter()).isEqualTo(19);
            assertThat(relief.before().availableBytes()).isEqualTo(187_000_000);
            assertThat(relief.after().swapUsedBytes()).isEqualTo(81_000_000);
            assertThat(relief.ended()).isZero();
        });
    }
}
