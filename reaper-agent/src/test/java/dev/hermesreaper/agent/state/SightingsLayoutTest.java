package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.hermesreaper.agent.process.Activity;
import dev.hermesreaper.agent.process.Moment;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.sighting.Sighting;
import dev.hermesreaper.agent.sighting.Sighting.Doing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SightingsLayoutTest {

    /** As version 0.1.0 wrote it. */
    private static final String OF_OLD = "{\"schema\":\"hermes-reaper/sightings/1\",\"sightings\":[\n"
            + "{\"bootId\":\"6e0ea0b2-8f1f-4dbb-9c0c-5ad2b1a4a7c3\",\"pid\":101,\"startTicks\":60101,"
            + "\"seenSinceBoot\":3600123456789,\"seenAwake\":3000123456789,"
            + "\"seenWallSecond\":1795244400,\"seenWallNano\":987654321,\"readable\":true,"
            + "\"waitsForInput\":true,\"sleepOnly\":false,\"wholeProcess\":false,\"mainSwitches\":4711,"
            + "\"mainTicks\":42,\"otherSwitches\":815,\"otherTicks\":7,\"doing\":\"IDLE\",\"stopped\":true,"
            + "\"idleSince\":2400000000000,\"workingSince\":null,\"lastWorked\":1800000000000,"
            + "\"unownedSince\":3000000000000,\"unattendedSince\":2700000000000,"
            + "\"workerlessSince\":2100000000000,\"ownerPid\":99,\"ownerStartTicks\":60099,"
            + "\"wallStepped\":true},\n"
            + "{\"bootId\":\"6e0ea0b2-8f1f-4dbb-9c0c-5ad2b1a4a7c3\",\"pid\":102,\"startTicks\":60102,"
            + "\"seenSinceBoot\":3600123456789,\"seenAwake\":3000123456789,"
            + "\"seenWallSecond\":1795244400,\"seenWallNano\":987654321,\"readable\":true,"
            + "\"waitsForInput\":false,\"sleepOnly\":true,\"wholeProcess\":false,\"mainSwitches\":0,"
            + "\"mainTicks\":9223372036854775807,\"otherSwitches\":3,\"otherTicks\":4,"
            + "\"doing\":\"WORKING\",\"stopped\":false,\"idleSince\":null,\"workingSince\":3300000000000,"
            + "\"lastWorked\":3600123456789,\"unownedSince\":null,\"unattendedSince\":null,"
            + "\"workerlessSince\":null,\"ownerPid\":0,\"ownerStartTicks\":0,\"wallStepped\":false},\n"
            + "{\"bootId\":\"6e0ea0b2-8f1f-4dbb-9c0c-5ad2b1a4a7c3\",\"pid\":103,\"startTicks\":60103,"
            + "\"seenSinceBoot\":3600123456789,\"seenAwake\":3000123456789,"
            + "\"seenWallSecond\":1795244400,\"seenWallNano\":987654321,\"readable\":false,"
            + "\"waitsForInput\":false,\"sleepOnly\":false,\"wholeProcess\":false,\"mainSwitches\":0,"
            + "\"mainTicks\":0,\"otherSwitches\":0,\"otherTicks\":0,\"doing\":\"UNREADABLE\","
            + "\"stopped\":false,\"idleSince\":null,\"workingSince\":null,\"lastWorked\":null,"
            + "\"unownedSince\":3600123456789,\"unattendedSince\":null,\"workerlessSince\":null,"
            + "\"ownerPid\":0,\"ownerStartTicks\":0,\"wallStepped\":false}\n"
            + "],\"crc32c\":\"922e1e49\"}\n";

    @Test
    void theBytesAreThoseOfEveryVersionSoFar() throws IOException {
        assertThat(text(List.of(Seen.idle(101), Seen.working(102), Seen.unreadable(103))))
                .isEqualTo(OF_OLD);
    }

    @Test
    void whatWasWrittenBeforeIsRead() throws IOException {
        assertThat(read(OF_OLD)).containsExactly(Seen.idle(101), Seen.working(102), Seen.unreadable(103));
    }

    @Test
    void anySightingIsReadBackAndIsJson() throws IOException {
        Random random = new Random(20_261_128);
        Gson gson = new GsonBuilder().serializeNulls().create();

        for (int size = 0; size < 200; size++) {
            List<Sighting> some = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                some.add(any(random));
            }
            String text = text(some);

            assertThat(read(text)).isEqualTo(some);
            List<String> lines = text.lines().toList();
            assertThat(lines).hasSize(size + 2);
            for (int i = 0; i < size; i++) {
                String line = lines.get(i + 1);
                assertThat(line.endsWith(",")).isEqualTo(i < size - 1);
                String object = i < size - 1 ? line.substring(0, line.length() - 1) : line;
                assertThat(gson.toJson(gson.fromJson(object, JsonObject.class))).isEqualTo(object);
            }
        }
    }

    @Test
    void isReadHoweverItComesIn() throws IOException {
        Random random = new Random(3);
        List<Sighting> some = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            some.add(any(random));
        }
        byte[] bytes = text(some).getBytes(StandardCharsets.US_ASCII);

        assertThat(SightingsText.read(new ByteArrayInputStream(bytes) {
                    @Override
                    public synchronized int read(byte[] into, int from, int length) {
                        return super.read(into, from, Math.min(length, 1 + random.nextInt(700)));
                    }
                }))
                .isEqualTo(some);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"pid\":101 | \"pid\":0101",
                "\"pid\":101 | \"pid\":00",
                "\"pid\":101 | \"pid\":+101",
                "\"pid\":101 | \"pid\":-0",
                "\"pid\":101 | \"pid\":",
                "\"pid\":101 | \"pid\": 101",
                "\"pid\":101 | \"pid\":101.0",
                "\"pid\":101 | \"pid\":2147483648",
                "\"pid\":101 | \"pid\":101,\"more\":1",
                "\"pid\":101, | ``",
                "\"mainTicks\":42 | \"mainTicks\":9223372036854775808",
                "\"mainTicks\":42 | \"mainTicks\":18446744073709551658",
                "\"mainTicks\":42 | \"mainTicks\":99999999999999999999",
                "\"idleSince\":2400000000000 | \"idleSince\":nul",
                "\"idleSince\":2400000000000 | \"idleSince\":nulll",
                "\"doing\":\"IDLE\" | \"doing\":\"IDL\\u0045\"",
                "\"stopped\":true | \"stopped\":TRUE",
                "\"stopped\":true | \"stopped\":\"true\"",
                "\"bootId\":\" | \"bootId\":\"\\n",
                "\"bootId\":\" | \"bootId\":\"\u00e4",
                "{\"bootId\" |  [\"bootId\"",
                "\"wallStepped\":true} | \"wallStepped\":true",
                "\"wallStepped\":true} | \"wallStepped\":true}}",
                "\"wallStepped\":true} | \"wallStepped\":true},,",
                "\"wallStepped\":true} | \"wallStepped\":true,\"more\":1}",
                "\"readable\":true,\"waitsForInput\":true | \"waitsForInput\":true,\"readable\":true"
            })
    void anythingElseIsDamage(String written, String other) {
        for (int line : new int[] {1, 2}) {
            List<String> lines = new ArrayList<>(lines(List.of(Seen.idle(101), Seen.idle(101))));
            assertThat(lines.get(line)).contains(written);
            lines.set(line, lines.get(line).replace(written, other));
            byte[] forged = Forged.file(lines.subList(1, 3).toArray(String[]::new));

            assertThatThrownBy(() -> SightingsText.read(new ByteArrayInputStream(forged)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessage("a line of it is no sighting");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLineIsReadUpToItsLongest(int tooMany) throws IOException {
        String line = lines(List.of(Seen.idle(101))).get(1);
        String longest = line.replace(Seen.BOOT, "x".repeat(2048 - line.length() + Seen.BOOT.length()));
        String longer = longest.replaceFirst("x", "x".repeat(1 + tooMany));

        assertThat(SightingsText.read(new ByteArrayInputStream(Forged.file(longest))))
                .hasSize(1);
        assertThatThrownBy(() -> SightingsText.read(new ByteArrayInputStream(Forged.file(longer))))
                .isInstanceOf(DamagedException.class)
                .hasMessage("a line of it is too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "{}", "\0"})
    void nothingFollowsTheEnd(String more) {
        assertThatThrownBy(() -> read(OF_OLD + more))
                .isInstanceOf(DamagedException.class)
                .hasMessage("its checksum is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \"b\"", "back\\slash", "\n", "\u00e4"})
    void aBootThatIsNoPlainTextIsNotWritten(String boot) {
        Sighting idle = Seen.idle(101);
        Sighting strange = Seen.ofBoot(boot, idle);

        assertThatThrownBy(() -> text(List.of(strange))).isInstanceOf(IOException.class);
    }

    private static Sighting any(Random random) {
        String boot = random.nextInt(10) == 0 ? "boot-" + random.nextInt(3) : Seen.BOOT;
        Moment seen = random.nextInt(3) == 0
                ? new Moment(
                        time(random),
                        time(random),
                        Instant.ofEpochSecond(random.nextInt(), 0).plusSeconds(1L << 31))
                : Seen.at(Seen.THEN);
        return new Sighting(
                new ProcessIdentity(boot, random.nextInt(Integer.MAX_VALUE), number(random)),
                seen,
                new Activity(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        false,
                        random.nextBoolean(),
                        number(random),
                        number(random),
                        number(random),
                        number(random),
                        Activity.NOT_TOLD),
                doing(random),
                random.nextBoolean(),
                maybe(random),
                maybe(random),
                maybe(random),
                maybe(random),
                maybe(random),
                maybe(random),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new ProcessIdentity(boot, 1 + random.nextInt(1000), number(random))),
                random.nextBoolean());
    }

    /** Of any length, and now and then one of the edges. */
    private static long number(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 999_999_999_999_999_999L;
            case 3 -> 1_000_000_000_000_000_000L;
            default -> (random.nextLong() & Long.MAX_VALUE) >> random.nextInt(63);
        };
    }

    private static Doing doing(Random random) {
        return List.of(Doing.IDLE, Doing.WORKING, Doing.UNREADABLE).get(random.nextInt(3));
    }

    private static Duration time(Random random) {
        return Duration.ofNanos(number(random));
    }

    private static Optional<Duration> maybe(Random random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(time(random));
    }

    private static List<String> lines(List<Sighting> sightings) {
        try {
            return text(sightings).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(List<Sighting> sightings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SightingsText.write(sightings, out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    private static List<Sighting> read(String text) throws IOException {
        return SightingsText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
