package dev.hermesreaper.agent.host.linux;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads many things that do not hang on each other. Where there are many, a second thread takes its share: the sooner all are
 * read, the more they are a picture of one moment.
 */
final class Shares {

    /** Fewer candidates, of which a dozen files are read, are done before a second thread has begun. */
    static final int MANY_CANDIDATES = 64;

    /** Taken at a time, so that both are done at the same time. */
    private static final int SHARE = 16;

    /** There is one processor only, or once there was no thread to be had: it is not asked for again. */
    private volatile boolean alone = Runtime.getRuntime().availableProcessors() == 1;

    /** Things to be read, by their number. */
    interface Reading<T> {

        T read(int index);

        /** The same for another thread, which reads by means of its own. */
        Reading<T> another();
    }

    /** One of the two who read. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reader<T>(Reading<T> reading, @Nullable Object[] read, AtomicInteger taken) implements Runnable {

        /** What the helper does. */
        @Override
        public void run() {
            try {
                readShares();
            } catch (RuntimeException | Error broken) {
                // Met again by whoever reads what is left.
            }
        }

        void readShares() {
            for (int from = taken.getAndAdd(SHARE); from < read.length; from = taken.getAndAdd(SHARE)) {
                for (int i = from; i < Math.min(from + SHARE, read.length); i++) {
                    read[i] = reading.read(i);
                }
            }
        }
    }

    /**
     * Reads {@code count} things; in their order.
     *
     * @param worthAThread fewer are read before a second thread has begun
     */
    @SuppressWarnings("unchecked") // what stands there was read by this reading
    <T> List<T> read(Reading<T> reading, int count, int worthAThread) {
        Object[] read = new Object[count];
        Reader<T> own = new Reader<>(reading, read, new AtomicInteger());
        Optional<Thread> helper = count < worthAThread || alone
                ? Optional.empty()
                : start(new Reader<>(reading.another(), read, own.taken()));
        own.readShares();
        if (helper.isPresent()) {
            await(helper.get());
        }
        // What a helper that broke down has left; whatever broke it is met again here, and told.
        for (int i = 0; i < count; i++) {
            if (read[i] == null) {
                read[i] = reading.read(i);
            }
        }
        return (List<T>) Arrays.asList(read);
    }

    /** Empty where the limit of threads is reached, as on a machine with many leaks it may be. */
    private Optional<Thread> start(Reader<?> work) {
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
