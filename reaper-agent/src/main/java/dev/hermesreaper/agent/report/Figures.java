package dev.hermesreaper.agent.report;

import dev.hermesreaper.agent.config.DurationText;
import dev.hermesreaper.agent.config.SizeText;
import dev.hermesreaper.agent.process.MemoryUse;
import dev.hermesreaper.agent.process.OpenFiles;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Numbers as a person reads them. What is not known is a question mark. */
final class Figures {

    static final String UNKNOWN = "?";
    static final String NONE = "-";

    private Figures() {}

    /** Two units at most, whole seconds from one second on. */
    static String time(Duration duration) {
        if (duration.isNegative()) {
            return DurationText.spoken(Duration.ZERO);
        }
        return DurationText.spoken(
                duration.compareTo(Duration.ofSeconds(1)) < 0 ? duration : duration.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Resident and swapped together. */
    static String size(MemoryUse memory) {
        return memory.readable() ? SizeText.spoken(memory.totalBytes()) : UNKNOWN;
    }

    /** {@code 11.6 GiB (7.4 resident + 4.2 swapped)}. */
    static String sizeInParts(MemoryUse memory) {
        if (!memory.readable() || memory.totalBytes() == 0) {
            return size(memory);
        }
        if (memory.swapBytes() == 0) {
            return size(memory) + " resident";
        }
        String unit = unit(size(memory));
        String resident = SizeText.spoken(memory.residentBytes());
        String swapped = SizeText.spoken(memory.swapBytes());
        return unit(resident).equals(unit) && unit(swapped).equals(unit)
                ? size(memory) + " (" + number(resident) + " resident + " + number(swapped) + " swapped)"
                : size(memory) + " (" + resident + " resident + " + swapped + " swapped)";
    }

    /** {@code 94.8 MiB + 3.1 MiB swapped}. */
    static String sizeAndSwap(MemoryUse memory) {
        if (!memory.readable()) {
            return "memory unknown";
        }
        return SizeText.spoken(memory.residentBytes())
                + (memory.swapBytes() == 0 ? "" : " + " + SizeText.spoken(memory.swapBytes()) + " swapped");
    }

    /** {@code 812/1024 79%}; without a limit the number alone. */
    static String files(OpenFiles files) {
        if (!files.readable()) {
            return UNKNOWN;
        }
        return files.open()
                + (files.isLimited()
                        ? "/" + files.softLimit() + " " + (100 * files.open() / files.softLimit()) + "%"
                        : "");
    }

    /** How many more it may open; nothing to say without a limit. */
    static String filesLeft(OpenFiles files) {
        return files.isLimited() ? Long.toString(Math.max(0, files.softLimit() - files.open())) : NONE;
    }

    /** What of it is swapped out. */
    static String swapped(MemoryUse memory) {
        return !memory.readable() ? UNKNOWN : memory.swapBytes() == 0 ? NONE : SizeText.spoken(memory.swapBytes());
    }

    /** {@code 1 worker}, {@code 2 workers}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1 process}, {@code 2 processes}. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String number(String spoken) {
        return spoken.substring(0, spoken.indexOf(' '));
    }

    private static String unit(String spoken) {
        return spoken.substring(spoken.indexOf(' ') + 1);
    }
}
