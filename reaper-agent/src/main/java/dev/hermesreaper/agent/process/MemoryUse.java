package dev.hermesreaper.agent.process;

/**
 * What a process keeps from others.
 *
 * @param readable false where it could not be read: both figures are then 0 and mean nothing
 * @param residentBytes resident set, as {@code ps} RSS; shared pages are counted in every process
 * @param swapBytes swapped out ({@code VmSwap})
 */
public record MemoryUse(boolean readable, long residentBytes, long swapBytes) {

    /** Could not be read. */
    public static final MemoryUse UNREADABLE = new MemoryUse(false, 0, 0);

    /** Both together; an unreadable one adds nothing. */
    public MemoryUse plus(MemoryUse other) {
        return new MemoryUse(
                readable || other.readable, residentBytes + other.residentBytes, swapBytes + other.swapBytes);
    }

    public long totalBytes() {
        return residentBytes + swapBytes;
    }
}
