package dev.hermesreaper.agent.ledger;

import dev.hermesreaper.agent.reap.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a second JVM does with a ledger; answers line by line, each after what it says is done. */
final class Scribe {

    private static final int FULL_TRIES = 40;

    private Scribe() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[1]);
        switch (args[0]) {
            case "write" -> write(directory, 16L << 20);
            case "rotate" -> write(directory, 2048);
            case "fill" -> fill(directory);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Passes of three processes each, until it is killed: intents, then outcomes. */
    private static void write(Path directory, long maxSize) throws InterruptedException {
        Book book = new Book(directory, maxSize, 100); // never closed: it is killed
        String prefix = Long.toString(ProcessHandle.current().pid());
        say("ready");
        for (int pass = 0; ; pass++) {
            LedgerFile ledger = book.ledger(prefix + "-" + pass);
            for (int pid = 1; pid <= 3; pid++) {
                ledger.intends(Book.verdict(pid));
                say("intent " + prefix + "-" + pass + " " + pid);
            }
            for (int pid = 1; pid <= 3; pid++) {
                ledger.records(Book.reaping(Book.verdict(pid), Outcome.EXITED));
                say("outcome " + prefix + "-" + pass + " " + pid);
            }
        }
    }

    /** Fills the disk up, goes on, makes room, goes on. */
    private static void fill(Path directory) throws Exception {
        try (Book book = new Book(directory)) {
            LedgerFile ledger = book.ledger("full");
            ledger.intends(Book.verdict(1));
            Path big = directory.resolve("big");
            try (FileChannel channel = FileChannel.open(big, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (true) {
                    channel.write(ByteBuffer.allocate(512));
                }
            } catch (IOException full) {
                say("full");
            }
            for (int i = 0; i < FULL_TRIES; i++) {
                ledger.intends(Book.verdict(100 + i));
            }
            say(String.join("|", book.complaints));
            Files.delete(big);
            ledger.records(Book.reaping(Book.verdict(1), Outcome.EXITED));
            Book.Told told = book.told();
            say("damaged " + told.reading().damagedLines());
            say("first " + told.acts().get(0).ending().outcome());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
