package dev.hermesreaper.agent.notification;

import dev.hermesreaper.agent.config.CommandTrust;
import dev.hermesreaper.agent.process.RawText;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the command of {@code [notify] command}, once for every notice, one after the other on a thread of its own that is
 * there only while there is something to tell. What it prints goes nowhere. One that takes longer than 10 s is ended: it is
 * our own child, and only itself, so a command that starts others should {@code exec} them.
 */
public final class Notifier implements AutoCloseable {

    /** More wait for their turn, up to this; those beyond are dropped, and that is said. */
    static final int MOST_WAITING = 32;

    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final List<String> command;
    private final long userId;
    private final Duration atMost;
    private final Consumer<String> complaints;
    private final ThreadPoolExecutor runner;

    /**
     * @param command program and arguments; nobody is told where it is empty
     * @param userId the number of the user we run as
     * @param complaints is told, in one line each, what could not be delivered; from another thread
     */
    public Notifier(List<String> command, long userId, Consumer<String> complaints) {
        this(command, userId, AT_MOST, complaints);
    }

    Notifier(List<String> command, long userId, Duration atMost, Consumer<String> complaints) {
        this.command = List.copyOf(command);
        this.userId = userId;
        this.atMost = atMost;
        this.complaints = complaints;
        this.runner = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Notifier::thread);
        runner.allowCoreThreadTimeOut(true);
    }

    /** Does not keep the program from ending. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "notify");
        thread.setDaemon(true);
        return thread;
    }

    /** Tells it, in its turn; returns at once. */
    public void tell(Notice notice) {
        if (command.isEmpty()) {
            return;
        }
        try {
            runner.execute(() -> run(notice));
        } catch (RejectedExecutionException full) {
            complaints.accept("the notification \"" + notice.word() + "\" is dropped: " + MOST_WAITING
                    + " others wait for " + name());
        }
    }

    /** Waits until everything is told, 10 s at most, for a program that ends after this. */
    public void finish() throws InterruptedException {
        runner.shutdown();
        if (!runner.awaitTermination(atMost.toMillis() + 500, TimeUnit.MILLISECONDS)) {
            int lost = runner.shutdownNow().size();
            if (lost > 0) {
                complaints.accept(lost + " notifications were not delivered in time by " + name());
            }
        }
    }

    /** Tells nothing more; a command that runs is ended. */
    @Override
    public void close() {
        runner.shutdownNow();
    }

    private void run(Notice notice) {
        List<String> distrust = CommandTrust.problems(command, userId);
        if (!distrust.isEmpty()) {
            complain(notice, "not run: " + String.join("; ", distrust));
            return;
        }
        try {
            deliver(notice);
        } catch (IOException e) {
            complain(notice, String.valueOf(e.getMessage()));
        }
    }

    private void deliver(Notice notice) throws IOException {
        Process child = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        boolean ended = false;
        try {
            hand(notice, child);
            ended = child.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                complain(notice, "ended after " + atMost.toSeconds() + " s");
            } else if (child.exitValue() != 0) {
                complain(notice, "status " + child.exitValue());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                child.destroyForcibly();
            }
        }
    }

    /** A notice fits a pipe, so this does not wait for a command that does not read. */
    private static void hand(Notice notice, Process child) {
        try (OutputStream in = child.getOutputStream()) {
            in.write((notice.json() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException notInterested) {
            // It may end without having read.
        }
    }

    private void complain(Notice notice, String why) {
        complaints.accept("the notification \"" + notice.word() + "\" failed: " + name() + ": " + why);
    }

    private String name() {
        return RawText.printable(command.get(0).equals("/bin/sh") ? command.get(command.size() - 1) : command.get(0));
    }
}
