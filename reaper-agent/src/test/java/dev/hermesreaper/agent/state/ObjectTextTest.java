package dev.hermesreaper.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTextTest {

    @Test
    void membersStandAsTheyAreWritten() {
        ObjectText json = new ObjectText();
        json.name("v").value(1);
        json.name("at").value(Instant.parse("2026-11-28T07:10:18.500Z"));
        json.name("none").beginArray().endArray();
        json.name("nothing").beginObject().endObject();
        json.name("all").beginArray().beginObject().name("a").value(true).endObject();
        json.beginArray().value("x").value(-2).endArray().value("y").endArray();
        json.name("last").beginObject().name("b").value(false);
        json.name("c").value(Long.MIN_VALUE).endObject();

        assertThat(json.end())
                .isEqualTo("{\"v\":1,\"at\":\"2026-11-28T07:10:18.500Z\",\"none\":[],\"nothing\":{},"
                        + "\"all\":[{\"a\":true},[\"x\",-2],\"y\"],\"last\":{\"b\":false,\"c\":-9223372036854775808}}");
    }

    @Test
    void anObjectMayBeEmpty() {
        assertThat(new ObjectText().end()).isEqualTo("{}");
        assertThat(ObjectLine.read("{}").has("v")).isFalse();
    }

    @Test
    void everyCharacterIsEscapedAsItEverWas() {
        ObjectText json = new ObjectText();
        json.name("t").value("\0\t\b\n\r\f\u001f\"\\/~\u007f\u00e4\u2028\ud83d\ude00\udc80");

        assertThat(json.end())
                .isEqualTo(
                        "{\"t\":\"\\u0000\\t\\b\\n\\r\\f\\u001f\\\"\\\\/~\\u007f\\u00e4\\u2028\\ud83d\\ude00\\udc80\"}");
    }

    @Test
    void everyTextIsReadBackHereAndByOthers() {
        Random random = new Random(128);

        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(65_536)));
            }
            ObjectText json = new ObjectText();
            json.name(text.toString()).value(text.toString()).name("n").value(random.nextLong());
            String line = json.end();

            assertThat(line).matches("[ -~]+");
            assertThat(ObjectLine.read(line).text(text.toString())).isEqualTo(text.toString());
            JsonObject theirs = new Gson().fromJson(line, JsonObject.class);
            assertThat(theirs.get(text.toString()).getAsString()).isEqualTo(text.toString());
        }
    }

    @Test
    void blanksMayStandBetween() {
        ObjectLine line = ObjectLine.read(" { \"a\" : [ 1 , 2 ] ,\n\"b\":{ },\t\"c\" : true\r} \n");

        assertThat(line.flag("c")).isTrue();
        assertThat(line.object("b").numbers()).isEmpty();
    }

    @Test
    void numbersKeepTheirOrder() {
        assertThat(ObjectLine.read("{\"z\":1,\"a\":2,\"m\":9223372036854775807}")
                        .numbers())
                .containsExactly(Map.entry("z", 1L), Map.entry("a", 2L), Map.entry("m", Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "null",
                "1",
                "\"\"",
                "{}{}",
                "{},",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1;\"b\":2}",
                "{\"a\"=1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":null}",
                "{\"a\":NULL}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":truely}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":NaN}",
                "{\"a\":9223372036854775808}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[}",
                "{\"a\":\"",
                "{\"a\":\"\\",
                "{\"a\":\"\\u12",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u\uff11\uff11\uff11\uff11\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\n\t\"}",
                "{\"a\":1}\0",
                "{\"a\":1\0}",
                "{\"a\":1} // end",
                "/* */{\"a\":1}"
            })
    void whatIsNoObjectOfOurs(String line) {
        assertThatThrownBy(() -> ObjectLine.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsTakenAndWhatIsNotIsAsStrictAsOthersAre() {
        Random random = new Random(31);
        Gson strict = new GsonBuilder().setStrictness(Strictness.STRICT).create();
        String line = "{\"v\":1,\"a\":[[\"x\",-20],{}, true],\"b\":{\"c\":\"\\u00e4\\n\\\\\"},\"d\":false}";
        String alphabet = "{}[]\",:\\u0123456789abcdeftrn-+. \t\n\0\u007f\u00e4";
        int taken = 0;

        for (int i = 0; i < 50_000; i++) {
            StringBuilder other = new StringBuilder(line);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                int at = random.nextInt(other.length());
                char character = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> other.setCharAt(at, character);
                    case 1 -> other.insert(at, character);
                    default -> other.deleteCharAt(at);
                }
            }
            boolean ours = isTaken(() -> ObjectLine.read(other.toString()));
            boolean theirs = isTaken(() -> strict.fromJson(other.toString(), JsonObject.class));
            boolean beyondOurs = other.toString().matches("(?s).*[0-9](\\.|[eE][-+0-9]|-).*");
            assertThat(ours).as(other.toString()).isEqualTo(theirs && (ours || !beyondOurs));
            taken += ours ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private static boolean isTaken(Supplier<Object> reading) {
        try {
            return reading.get() != null;
        } catch (IllegalArgumentException | JsonParseException e) {
            return false;
        }
    }

    @Test
    void depthDoesNotEndTheStack() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> ObjectLine.read("{\"a\":" + deep)).isInstanceOf(IllegalArgumentException.class);
    }
}
