package dev.hermesreaper.agent.architecture.canary.agent.sweep;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

final class TellsTime {

    static Instant instant() {
        return Instant.now();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    static long millis() {
        return System.currentTimeMillis();
    }

    static long nanos() {
        return System.nanoTime();
    }

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    static void unit() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
    }

    static void park() {
        LockSupport.parkNanos(1);
    }

    @SuppressWarnings("JavaUtilDate")
    static Date date() {
        return new Date();
    }

    static synchronized void monitor() throws InterruptedException {
        while (nanos() > 0) {
            TellsTime.class.wait(1);
        }
    }
}
