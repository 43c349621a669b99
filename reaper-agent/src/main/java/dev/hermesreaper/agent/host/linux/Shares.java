package dev.hermesreaper.agent.host.linux;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads many things that do not hang on each other. Where there are many, a second thread takes its share: the sooner all are
 * read, the more they are a picture of one moment.
 */
final class Shares<T> implements Runnable {

    /** Taken at a time, so that both are done at the same time. */
    private static final int SHARE = 16;

    /** There is one processor only, or once there was no thread to be had: it is not asked for again. */
    private static volatile boolean alone = Runtime.getRuntime().availableProcessors() == 1;

    private final Reading<T> reading;
    private final T[] read;
    private final AtomicInteger taken;

    /** Things to be read, by their number. */
    interface Reading<T> {

        T read(int index);

        /** The same for another thread, which reads by means of its own. */
        Reading<T> another();
    }

    private Shares(Reading<T> reading, T[] read, AtomicInteger taken) {
        this.reading = reading;
        this.read = read;
        this.taken = taken;
    }

    /**
     * Reads as many things as {@code read} has places, each into its own.
     *
     * @param read all null
     * @param worthAThread fewer are read before a second thread has begun
     */
    static <T> void read(Reading<T> reading, T[] read, int worthAThread) {
        Shares<T> own = new Shares<>(reading, read, new AtomicInteger());
        Optional<Thread> helper = read.length < worthAThread || alone
                ? Optional.empty()
                : start(new Shares<>(reading.another(), read, own.taken));
        own.readShares();
        if (helper.isPresent()) {
            await(helper.get());
        }
        // What a helper that broke down has left; whatever broke it is met again here, and told.
        for (int i = 0; i < read.length; i++) {
            if (read[i] == null) {
                read[i] = reading.read(i);
            }
        }
    }

    /** What the helper does. */
    @Override
    public void run() {
        try {
            readShares();
        } catch (RuntimeException | Error broken) {
            // Met again by whoever reads what is left.
        }
    }

    private void readShares() {
        for (int from = taken.getAndAdd(SHARE); from < read.length; from = taken.getAndAdd(SHARE)) {
            for (int i = from; i < Math.min(from + SHARE, read.length); i++) {
                read[i] = reading.read(i);
            }
        }
    }

    /** Empty where the limit of threads is reached, as on a machine with many leaks it may be. */
    private static Optional<Thread> start(Shares<?> work) {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        try {
            thread.start();
            return Optional.of(thread);
        } catch (OutOfMemoryError e) {
            alone = true;
            return Optional.empty();
        }
    }

    /** It reads for some milliseconds; an interruption is for whoever waits next. */
    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
