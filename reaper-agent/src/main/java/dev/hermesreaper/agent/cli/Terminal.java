package dev.hermesreaper.agent.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where answers and complaints go, and what is known about who reads them.
 *
 * @param out answers
 * @param err complaints and progress
 * @param isOutTerminal whether a person reads {@code out}
 * @param isErrTerminal whether a person reads {@code err}
 * @param environment this process' environment
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean isOutTerminal,
        boolean isErrTerminal,
        Map<String, String> environment) {

    private static final int USUAL_COLUMNS = 100;
    private static final int FEWEST_COLUMNS = 60;
    private static final int MOST_COLUMNS = 200;

    /** Where this process' answers go. */
    static Outlet outlet() {
        return new Outlet(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    /** The real one. Always UTF-8: what a process calls itself must not depend on our locale. */
    static Terminal ofThisProcess(Outlet out) {
        return new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                System.getenv());
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noProc) {
            return false;
        }
    }

    /** Whether a person types into standard input. */
    static boolean isInputTerminal() {
        return isTerminal(0);
    }

    /** Columns of the screen, from {@code COLUMNS}, which the launcher sets; a file is as wide as a usual screen. */
    int columns() {
        String columns = environment.getOrDefault("COLUMNS", "");
        int wanted = isOutTerminal && columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
        return Math.max(FEWEST_COLUMNS, Math.min(MOST_COLUMNS, wanted));
    }

    /** Whether the reader's locale says UTF-8; where it says nothing, plain ASCII is safe. */
    boolean isUnicode() {
        return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> value.toUpperCase(Locale.ROOT))
                .filter(value -> value.contains("UTF-8") || value.contains("UTF8"))
                .isPresent();
    }

    /** Whether answers may be coloured where nobody said so: on a terminal, unless {@code NO_COLOR} is set. */
    boolean wantsColour() {
        return isOutTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
