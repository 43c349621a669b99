package dev.hermesreaper.agent.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the kernel says, read without any code of ours. Text is Latin-1: bytes survive. */
final class Proc {
    private Proc() {}

    static String read(long pid, String name) {
        return read(Path.of("/proc", String.valueOf(pid), name));
    }

    /** A process that has just been told to run a program has no words until the kernel has put them in place. */
    static String commandLine(long pid) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        String line = read(pid, "cmdline");
        while (line.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            line = read(pid, "cmdline");
        }
        return line;
    }

    static List<String> argv(long pid) {
        return List.of(commandLine(pid).split("\0", -1)).stream()
                .takeWhile(argument -> !argument.isEmpty())
                .toList();
    }

    static String comm(long pid) {
        String line = read(pid, "comm");
        return line.substring(0, line.length() - 1);
    }

    static String link(long pid, String name) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), name))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pids of the processes that have this object open, in their order. */
    static List<Long> holdersOf(String object) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> has(process, object))
                    .map(process -> Long.valueOf(process.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of every thread, the leader first: context switches, user and system ticks. */
    static List<String> counters(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return threads.sorted()
                    .map(thread -> {
                        String[] stat =
                                read(thread.resolve("stat")).split("\\) ")[1].split(" ");
                        List<String> switches = read(thread.resolve("status"))
                                .lines()
                                .filter(line -> line.contains("ctxt_switches"))
                                .toList();
                        return switches + " " + stat[11] + " " + stat[12];
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean has(Path process, String object) {
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).toString().equals(object);
                } catch (IOException e) {
                    return false; // closed meanwhile
                }
            });
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
