package dev.hermesreaper.agent.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** What a second JVM does with a state directory; run by {@link SecondJvm}, answers line by line. */
final class Probe {

    private final ProbeHost host = new ProbeHost();
    private final StateDirectory directory;
    private final SightingsFile sightings;

    private Probe(Path path) {
        directory = StateDirectory.open(path, host.self());
        sightings = new SightingsFile(directory);
    }

    public static void main(String[] args) throws Exception {
        Probe probe = new Probe(Path.of(args[1]));
        switch (args[0]) {
            case "open" -> say(probe.directory.problem().orElse("usable"));
            case "try" -> probe.tryLock();
            case "hold" -> probe.hold();
            case "write" -> probe.write();
            case "fill" -> probe.fill();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void tryLock() throws InterruptedException {
        LockAttempt attempt = PassLock.acquire(directory, Duration.ZERO, host);
        say(attempt.isBusy() ? "busy " + attempt.holder() : attempt.problem().orElse("free"));
    }

    private void hold() throws InterruptedException, IOException {
        try (PassLock lock = locked()) {
            lock.requireHeldOn(directory);
            say("held " + host.self().pid());
            int end = System.in.read();
            say("ended " + end);
        }
    }

    /** One generation after the other, until it is killed. */
    private void write() throws InterruptedException {
        try (PassLock lock = locked()) {
            for (int generation = 1; ; generation++) {
                say(sightings.write(lock, Seen.generation(generation, 300)).orElse(Integer.toString(generation)));
            }
        }
    }

    /** Fills the disk up after a first generation, and makes room again after a second one. */
    private void fill() throws InterruptedException, IOException {
        try (PassLock lock = locked()) {
            say(sightings.write(lock, Seen.generation(1, 10)).orElse("written"));
            Path big = directory.file("big");
            fillUp(big);
            say(sightings.write(lock, Seen.generation(2, 10)).orElse("written"));
            say("remembered " + sightings.peek(Seen.PRESENT).sightings().all().size());
            say("beside " + Files.exists(directory.file("sightings.json.tmp")));
            Files.delete(big);
            say(sightings.write(lock, Seen.generation(3, 10)).orElse("written"));
        }
    }

    private static void fillUp(Path big) throws IOException {
        try (FileChannel channel = FileChannel.open(big, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(1024);
            while (true) {
                channel.write(block.clear());
            }
        } catch (IOException e) {
            say(StateDirectory.why(e));
        }
    }

    private PassLock locked() throws InterruptedException {
        LockAttempt attempt = PassLock.acquire(directory, Duration.ofSeconds(5), host);
        return attempt.lock().orElseThrow(() -> new IllegalStateException(attempt.toString()));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
