package dev.hermesreaper.agent.sample;

import dev.hermesreaper.agent.process.HostMemory;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.ObjectLine;
import dev.hermesreaper.agent.state.ObjectText;
import dev.hermesreaper.agent.state.SealedLine;
import dev.hermesreaper.agent.state.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link Sample} as one sealed line. Members are added, never renamed; what could not be read is not there. */
final class SampleLine {

    static final int VERSION = 1;

    /** 9999-12-30T00:00:00Z. */
    private static final Instant LATEST = Instant.ofEpochSecond(253_402_128_000L);

    private SampleLine() {}

    static String write(Sample sample) {
        ObjectText json = new ObjectText();
        json.name("v").value(VERSION);
        json.name("at").value(Instant.ofEpochMilli(sample.at().toEpochMilli()));
        json.name("bootId").value(sample.bootId());
        json.name("upMillis").value(sample.sinceBoot().toMillis());
        json.name("workers").beginObject();
        for (Map.Entry<String, Integer> verdict : sample.verdicts().entrySet()) {
            json.name(verdict.getKey()).value(verdict.getValue());
        }
        json.endObject();
        json.name("unknown").value(sample.unknown());
        json.name("sessions").value(sample.sessions());
        json.name("leakingSessions").value(sample.leakingSessions());
        json.name("oldestLeakedMillis").value(sample.oldestLeaked().toMillis());
        write(json, sample.memory());
        json.name("ended").value(sample.ended());
        if (sample.host().readable()) {
            json.name("memory").beginObject();
            json.name("totalBytes").value(sample.host().totalBytes());
            json.name("availableBytes").value(sample.host().availableBytes());
            json.name("swapTotalBytes").value(sample.host().swapTotalBytes());
            json.name("swapUsedBytes").value(sample.host().swapUsedBytes());
            json.endObject();
        }
        json.name("gateways").beginArray();
        for (GatewaySample gateway : sample.gateways()) {
            write(json, gateway);
        }
        json.endArray();
        json.name("largest").beginArray();
        for (SessionSample session : sample.largest()) {
            json.beginObject();
            json.name("key").value(PortableText.of(session.key()));
            json.name("workers").value(session.workers());
            json.name("leaked").value(session.leaked());
            json.endObject();
        }
        json.endArray();
        return SealedLine.seal(json.end());
    }

    private static void write(ObjectText json, MemoryUse memory) {
        if (memory.readable()) {
            json.name("residentBytes").value(memory.residentBytes());
            json.name("swapBytes").value(memory.swapBytes());
        }
    }

    private static void write(ObjectText json, GatewaySample gateway) {
        json.beginObject();
        json.name("pid").value(gateway.identity().pid());
        json.name("startTicks").value(gateway.identity().startTicks());
        json.name("kind").value(gateway.kind());
        json.name("workers").value(gateway.workers());
        json.name("leaked").value(gateway.leaked());
        json.name("ended").value(gateway.ended());
        write(json, gateway.memory());
        if (gateway.files().readable()) {
            json.name("openFiles").value(gateway.files().open());
            json.name("openFilesSoftLimit").value(gateway.files().softLimit());
            json.name("openFilesHardLimit").value(gateway.files().hardLimit());
        }
        json.endObject();
    }

    /** The sample of a sound line; empty where it is none of ours. */
    static Optional<Sample> read(String line) {
        try {
            ObjectLine object = ObjectLine.read(line);
            String bootId = object.text("bootId");
            Map<String, Integer> verdicts = new LinkedHashMap<>();
            for (Map.Entry<String, Long> verdict :
                    object.object("workers").numbers().entrySet()) {
                verdicts.put(verdict.getKey(), Math.toIntExact(verdict.getValue()));
            }
            List<GatewaySample> gateways = new ArrayList<>();
            for (ObjectLine gateway : object.objects("gateways")) {
                gateways.add(gateway(bootId, gateway));
            }
            List<SessionSample> largest = new ArrayList<>();
            for (ObjectLine session : object.objects("largest")) {
                largest.add(session(session));
            }
            return Optional.of(new Sample(
                    at(object),
                    bootId,
                    Duration.ofMillis(object.number("upMillis")),
                    verdicts,
                    object.count("unknown"),
                    object.count("sessions"),
                    object.count("leakingSessions"),
                    Duration.ofMillis(object.number("oldestLeakedMillis")),
                    memory(object),
                    object.has("memory") ? host(object.object("memory")) : HostMemory.UNREADABLE,
                    object.number("ended"),
                    gateways,
                    largest));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    /** Within what can be shown as a date in every zone. */
    private static Instant at(ObjectLine object) {
        Instant at = Timestamp.parse(object.text("at"));
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw new IllegalArgumentException("at " + at);
        }
        return at;
    }

    private static SessionSample session(ObjectLine object) {
        return new SessionSample(
                PortableText.toRaw(object.text("key")), object.count("workers"), object.count("leaked"));
    }

    private static MemoryUse memory(ObjectLine object) {
        return object.has("residentBytes")
                ? new MemoryUse(true, object.number("residentBytes"), object.number("swapBytes"))
                : MemoryUse.UNREADABLE;
    }

    private static HostMemory host(ObjectLine object) {
        return new HostMemory(
                true,
                object.number("totalBytes"),
                object.number("availableBytes"),
                object.number("swapTotalBytes"),
                object.number("swapUsedBytes"));
    }

    private static GatewaySample gateway(String bootId, ObjectLine object) {
        return new GatewaySample(
                new ProcessIdentity(bootId, object.count("pid"), object.number("startTicks")),
                object.text("kind"),
                object.count("workers"),
                object.count("leaked"),
                memory(object),
                object.has("openFiles")
                        ? new OpenFiles(
                                true,
                                object.number("openFiles"),
                                object.number("openFilesSoftLimit"),
                                object.number("openFilesHardLimit"))
                        : OpenFiles.UNREADABLE,
                object.number("ended"));
    }
}
