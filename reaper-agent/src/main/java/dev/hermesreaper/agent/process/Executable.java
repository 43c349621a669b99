package dev.hermesreaper.agent.process;

import java.util.List;

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
    private static final List<String> PYTHONS = List.of("python", "pypy");
    private static final String WINDOWS = ".exe";

    /** The executable at {@code path}; an upgrade that replaced the file (seen as deleted) changes nothing. */
    public static Executable at(String path) {
        return new Executable(
                true, path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path);
    }

    /**
     * Whether this is a Python interpreter, as far as it can be read: {@code python3.11}, {@code Python}, {@code pypy3},
     * {@code pythonw.exe}; a version may end with one letter.
     */
    public boolean isPython() {
        if (!readable) {
            return false;
        }
        String name = name(path);
        int end = name.length() - (endsWith(name, name.length(), WINDOWS) ? WINDOWS.length() : 0);
        if (end > 0 && isLetter(name.charAt(end - 1)) && !isBare(name, end)) {
            end--;
        }
        while (end > 0 && (name.charAt(end - 1) == '.' || isDigit(name.charAt(end - 1)))) {
            end--;
        }
        return isBare(name, end);
    }

    private static boolean isBare(String name, int end) {
        for (String python : PYTHONS) {
            if (end == python.length() && endsWith(name, end, python)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(String name, int end, String what) {
        return end >= what.length() && name.regionMatches(true, end - what.length(), what, 0, what.length());
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** The last part of a path, either kind of slash. */
    public static String name(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
