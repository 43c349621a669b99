package dev.hermesreaper.agent.process;

import java.util.regex.Pattern;

/**
 * The file a process runs: {@code /proc/PID/exe} with symbolic links resolved, so that a virtual environment's
 * {@code python} is the interpreter behind it.
 *
 * @param readable false for processes of others, and where the process is gone
 * @param path as the kernel prints it, {@code " (deleted)"} removed
 */
public record Executable(boolean readable, String path) {

    /** The kernel would not say. */
    public static final Executable UNREADABLE = new Executable(false, "");

    private static final String DELETED = " (deleted)";
    private static final Pattern PYTHON =
            Pattern.compile("(?:python|pypy)[0-9.]*[a-z]?(?:\\.exe)?", Pattern.CASE_INSENSITIVE);

    /** The executable at {@code path}; an upgrade that replaced the file (seen as deleted) changes nothing. */
    public static Executable at(String path) {
        return new Executable(
                true, path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path);
    }

    /** Whether this is a Python interpreter, as far as it can be read. */
    public boolean isPython() {
        return readable && PYTHON.matcher(name(path)).matches();
    }

    /** The last part of a path, either kind of slash. */
    public static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
