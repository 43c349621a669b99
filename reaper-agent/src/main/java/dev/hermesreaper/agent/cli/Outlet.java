package dev.hermesreaper.agent.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Remembers what went wrong when an answer was written: a {@code PrintStream} swallows it. */
final class Outlet extends FilterOutputStream {

    private String problem = "";

    Outlet(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    private void remember(IOException e) {
        problem = problem.isEmpty() ? String.valueOf(e.getMessage()) : problem;
    }

    /** Whether the answer was lost; one whose reader has read enough, as {@code head} does, was not. */
    boolean isBroken() {
        return !problem.isEmpty() && !problem.contains("Broken pipe");
    }

    String problem() {
        return problem;
    }
}
