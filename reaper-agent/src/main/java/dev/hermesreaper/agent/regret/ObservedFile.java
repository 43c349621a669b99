package dev.hermesreaper.agent.regret;

import dev.hermesreaper.agent.ledger.Ground;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.PortableText;
import dev.hermesreaper.agent.process.ProcessIdentity;
import dev.hermesreaper.agent.state.ObjectLine;
import dev.hermesreaper.agent.state.ObjectText;
import dev.hermesreaper.agent.state.PassLock;
import dev.hermesreaper.agent.state.SealedFile;
import dev.hermesreaper.agent.state.StateDirectory;
import dev.hermesreaper.agent.state.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Observed} in {@code observed.jsonl} of the state directory: the counts, what is watched, the last regrets. */
public final class ObservedFile {

    private static final String NAME = "observed.jsonl";
    private static final int VERSION = 1;

    private final SealedFile file;

    /**
     * What could be read.
     *
     * @param observed all that can be believed
     * @param problem what is missing, in words for the operator; empty if all is well
     */
    public record Read(Observed observed, Optional<String> problem) {}

    public ObservedFile(StateDirectory directory) {
        this.file = new SealedFile(directory, NAME, VERSION);
    }

    /** Reads it; needs no lock and changes nothing. */
    public Read read() {
        SealedFile.Read read = file.read();
        Counts counts = Counts.NONE;
        List<Watch> watched = new ArrayList<>();
        List<Regret> regrets = new ArrayList<>();
        int strange = 0;
        for (String line : read.lines()) {
            try {
                ObjectLine object = ObjectLine.read(line);
                switch (object.text("kind")) {
                    case "counts" -> counts = counts(object);
                    case "watch" -> watched.add(watch(object));
                    case "regret" -> regrets.add(regret(object));
                    default -> strange++;
                }
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException damaged) {
                strange++;
            }
        }
        Optional<String> problem = read.problem().isPresent() || strange == 0
                ? read.problem()
                : Optional.of(NAME + ": " + strange + " lines make no sense");
        return new Read(new Observed(counts, watched, regrets), problem);
    }

    /** Replaces it; says why it could not. */
    public Optional<String> write(PassLock lock, Observed observed) {
        List<String> lines = new ArrayList<>();
        lines.add(line(observed.counts()));
        for (Watch watch : observed.watched()) {
            lines.add(line(watch));
        }
        for (Regret regret : observed.regrets()) {
            lines.add(line(regret));
        }
        return file.write(lock, lines);
    }

    private static String line(Counts counts) {
        ObjectText json = begin("counts");
        json.name("observed").value(counts.observed());
        json.name("regrets").value(counts.regrets());
        json.name("confirmed").value(counts.confirmed());
        json.name("lost").value(counts.lost());
        return json.end();
    }

    private static String line(Watch watch) {
        ObjectText json = begin("watch");
        write(json, watch);
        return json.end();
    }

    private static String line(Regret regret) {
        ObjectText json = begin("regret");
        write(json, regret.watch());
        json.name("seenAt").value(regret.seenAt());
        Ground.write(json, regret.evidence());
        return json.end();
    }

    private static ObjectText begin(String kind) {
        return new ObjectText().name("v").value(VERSION).name("kind").value(kind);
    }

    private static void write(ObjectText json, Watch watch) {
        json.name("pid").value(watch.identity().pid());
        json.name("startTicks").value(watch.identity().startTicks());
        json.name("bootId").value(watch.identity().bootId());
        json.name("session").value(PortableText.of(watch.sessionKey()));
        json.name("reason").value(watch.reason());
        json.name("ground").value(watch.ground());
        json.name("at").value(watch.decidedAt());
        json.name("upMillis").value(watch.workedUpTo().toMillis());
        json.name("working").value(watch.working());
        json.name("mainSwitches").value(watch.mainSwitches());
        json.name("mainTicks").value(watch.mainTicks());
        json.name("memoryRead").value(watch.memory().readable());
        json.name("residentBytes").value(watch.memory().residentBytes());
        json.name("swapBytes").value(watch.memory().swapBytes());
    }

    private static Counts counts(ObjectLine object) {
        return new Counts(
                object.number("observed"), object.number("regrets"), object.number("confirmed"), object.number("lost"));
    }

    private static Watch watch(ObjectLine object) {
        return new Watch(
                new ProcessIdentity(object.text("bootId"), object.count("pid"), object.number("startTicks")),
                PortableText.toRaw(object.text("session")),
                object.text("reason"),
                object.text("ground"),
                Timestamp.parse(object.text("at")),
                // Rounded up: what is kept in milliseconds must not make the last known work look new.
                Duration.ofMillis(object.number("upMillis") + 1),
                object.flag("working"),
                object.number("mainSwitches"),
                object.number("mainTicks"),
                new MemoryUse(object.flag("memoryRead"), object.number("residentBytes"), object.number("swapBytes")));
    }

    private static Regret regret(ObjectLine object) {
        return new Regret(
                watch(object),
                Timestamp.parse(object.text("seenAt")),
                object.objects("evidence").stream()
                        .map(it -> new Ground(it.text("key"), it.text("value"), it.text("source")))
                        .toList());
    }
}
