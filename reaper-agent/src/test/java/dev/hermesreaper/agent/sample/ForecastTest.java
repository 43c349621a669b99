package dev.hermesreaper.agent.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hermesreaper.agent.sample.Forecast.Outlook;
import dev.hermesreaper.agent.sample.Forecast.Resource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static Forecast of(Resource resource, List<Sample> samples) {
        return Forecast.of(samples).stream()
                .filter(forecast -> forecast.resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    /** From 4.4 GB available on, 400 MB less every half hour; descriptors by 24. */
    private static Series filling(int samples) {
        Series series = new Series();
        for (int i = 0; i < samples; i++) {
            series.at(
                    30 * i, 20 + i, 10 + i, Series.memory(4_400_000_000L - 400_000_000L * i, 81_000_000), 300 + 24 * i);
        }
        return series;
    }

    @Test
    void saysNothingWithoutSamples() {
        assertThat(Forecast.of(List.of())).isEmpty();
    }

    @Test
    void saysWhenEverythingIsFull() {
        Forecast memory = of(Resource.MEMORY, filling(9).all());
        Forecast files = of(Resource.OPEN_FILES, filling(9).all());

        assertThat(memory.outlook()).isEqualTo(Outlook.FILLS_UP);
        assertThat(memory.perHour()).isEqualTo(800e6, within(1.0));
        assertThat(memory.remaining().orElseThrow()).isEqualTo(Duration.ofMinutes(90));
        assertThat(memory.samples()).isEqualTo(9);
        assertThat(memory.span()).isEqualTo(Duration.ofHours(4));
        assertThat(files.gateway()).contains(Series.DASHBOARD);
        assertThat(files.remaining().orElseThrow()).isCloseTo(Duration.ofMinutes(665), Duration.ofMinutes(1));
    }

    @Test
    void hasNoForecastFromTooLittle() {
        assertThat(of(Resource.MEMORY, filling(4).all()).outlook()).isEqualTo(Outlook.TOO_LITTLE);

        Series dense = new Series();
        for (int i = 0; i < 30; i++) {
            dense.at(i, 20, 10, Series.memory(4_400_000_000L - 50_000_000L * i, 0), 300);
        }
        assertThat(of(Resource.MEMORY, dense.all()).outlook()).isEqualTo(Outlook.TOO_LITTLE);
        assertThat(of(Resource.MEMORY, dense.all()).span()).isEqualTo(Duration.ofMinutes(29));
    }

    @Test
    void startsAnewWhereItFell() {
        Series series = filling(9);
        series.at(245, 3, 0, Series.memory(6_000_000_000L, 0), 250);

        Forecast memory = of(Resource.MEMORY, series.all());

        assertThat(memory.outlook()).isEqualTo(Outlook.TOO_LITTLE);
        assertThat(memory.samples()).isEqualTo(1);
    }

    @Test
    void isLevelWhereItOnlyWavers() {
        Series series = new Series();
        for (int i = 0; i < 40; i++) {
            series.at(10 * i, 20, 10, Series.memory(4_400_000_000L - (i % 3) * 90_000_000L, 0), 300 + i % 5);
        }

        assertThat(Forecast.of(series.all())).extracting(Forecast::outlook).containsOnly(Outlook.LEVEL);
        assertThat(Forecast.of(series.all()))
                .extracting(forecast -> forecast.remaining().isPresent())
                .containsOnly(false);
    }

    @Test
    void reachesNoFurtherThanTenTimesWhatItSaw() {
        Series series = new Series();
        for (int i = 0; i < 9; i++) {
            series.at(30 * i, 20, 10, Series.memory(4_400_000_000L - 15_000_000L * i, 0), 300);
        }

        Forecast memory = of(Resource.MEMORY, series.all());

        assertThat(memory.outlook()).isEqualTo(Outlook.FAR);
        assertThat(memory.remaining()).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoLimitOrCouldNotBeRead() {
        Series series = new Series();
        for (int i = 0; i < 9; i++) {
            series.at(30 * i, 20, 10, dev.hermesreaper.agent.process.HostMemory.UNREADABLE, 300);
        }

        assertThat(Forecast.of(series.all())).extracting(Forecast::resource).containsExactly(Resource.OPEN_FILES);
    }
}
