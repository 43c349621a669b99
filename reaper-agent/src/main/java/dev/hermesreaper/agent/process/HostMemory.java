package dev.hermesreaper.agent.process;

/**
 * The machine's memory.
 *
 * @param readable false where it could not be read
 * @param totalBytes physical memory
 * @param availableBytes what new programs could get without swapping
 * @param swapTotalBytes swap space
 * @param swapUsedBytes of it in use
 */
public record HostMemory(
        boolean readable, long totalBytes, long availableBytes, long swapTotalBytes, long swapUsedBytes) {

    /** Could not be read. */
    public static final HostMemory UNREADABLE = new HostMemory(false, 0, 0, 0, 0);
}
