package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.host.Tty;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The whole screen, drawn anew again and again. It is the terminal's second one ({@code xterm}'s alternate screen), so that
 * what stood there before is there again afterwards, also when the program is ended by a signal that it can hear.
 */
final class Screen implements AutoCloseable {

    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String TOP = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private static final int END_OF_INPUT = 4;

    private final Terminal terminal;
    private final Tty tty;
    private final InputStream keys;
    private final Thread hook = new Thread(this::leave, "leave-screen");
    private boolean left;

    private Screen(Terminal terminal, Tty tty, InputStream keys) {
        this.terminal = terminal;
        this.tty = tty;
        this.keys = keys;
    }

    /** Takes over the screen of {@code terminal} until it is closed. */
    static Screen open(Terminal terminal, Tty tty, InputStream keys) {
        Screen screen = new Screen(terminal, tty, keys);
        Runtime.getRuntime().addShutdownHook(screen.hook);
        tty.takeKeys();
        terminal.out().print(ENTER);
        terminal.out().flush();
        return screen;
    }

    /** How large it is now; what {@code COLUMNS} and {@code LINES} say where the terminal does not. */
    Tty.Size size() {
        return tty.size().orElseGet(() -> new Tty.Size(number("COLUMNS", 100), number("LINES", 30)));
    }

    private int number(String name, int otherwise) {
        String value = terminal.environment().getOrDefault(name, "");
        return value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : otherwise;
    }

    /** Shows {@code lines}, one below the other, and nothing else. */
    synchronized void show(List<String> lines) {
        if (left) {
            return;
        }
        // After Ctrl-Z and fg the shell has set the terminal as it wants it.
        tty.takeKeys();
        StringBuilder frame = new StringBuilder(TOP);
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(REST_OF_LINE);
        }
        terminal.out().print(frame.append(REST_OF_SCREEN));
        terminal.out().flush();
    }

    /** Draws from nothing next time, as after a change of size. */
    synchronized void wipe() {
        if (!left) {
            terminal.out().print(ENTER);
        }
    }

    /** What was typed. */
    enum Key {
        NONE,
        QUIT,
        AGAIN
    }

    /** The first key of those that were typed since that means something here. */
    Key key() {
        try {
            while (keys.available() > 0) {
                int key = keys.read();
                if (key == 'q' || key == 'Q' || key == END_OF_INPUT || key < 0) {
                    return Key.QUIT;
                }
                if (key == ' ' || key == 'r') {
                    return Key.AGAIN;
                }
            }
            return Key.NONE;
        } catch (IOException hungUp) {
            return Key.QUIT;
        }
    }

    private synchronized void leave() {
        if (!left) {
            left = true;
            terminal.out().print(LEAVE);
            terminal.out().flush();
            tty.restore();
        }
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It has done its work, or does it now.
        }
    }
}
