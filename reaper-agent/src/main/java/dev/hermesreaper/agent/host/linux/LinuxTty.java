package dev.hermesreaper.agent.host.linux;

import com.sun.jna.LastErrorException;
import dev.hermesreaper.agent.host.Tty;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The terminal at standard input and output, through {@code termios(3)} and {@code ioctl_tty(2)}; the layout is that of
 * Linux, which is the same on every architecture Java 17 runs on.
 */
public final class LinuxTty implements Tty {

    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int TCSANOW = 0;
    private static final long TIOCGWINSZ = 0x5413;

    /** {@code c_lflag} behind three other flag words. */
    private static final int LOCAL_FLAGS = 12;

    private static final int ICANON = 0x2;
    private static final int ECHO = 0x8;

    /** Larger than the structure, whose end nobody looks at here. */
    private static final int ROOM = 128;

    private Optional<byte[]> before = Optional.empty();

    @Override
    public Optional<Size> size() {
        byte[] answer = new byte[8];
        try {
            LibC.ioctl(OUTPUT, TIOCGWINSZ, answer);
        } catch (LastErrorException noTerminal) {
            return Optional.empty();
        }
        ByteBuffer size = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        int rows = Short.toUnsignedInt(size.getShort());
        int columns = Short.toUnsignedInt(size.getShort());
        return rows == 0 || columns == 0 ? Optional.empty() : Optional.of(new Size(columns, rows));
    }

    @Override
    public boolean takeKeys() {
        byte[] mode = new byte[ROOM];
        try {
            LibC.tcgetattr(INPUT, mode);
            if (before.isEmpty()) {
                before = Optional.of(mode.clone());
            }
            ByteBuffer flags = ByteBuffer.wrap(mode).order(ByteOrder.nativeOrder());
            flags.putInt(LOCAL_FLAGS, flags.getInt(LOCAL_FLAGS) & ~(ICANON | ECHO));
            LibC.tcsetattr(INPUT, TCSANOW, mode);
            return true;
        } catch (LastErrorException noTerminal) {
            return false;
        }
    }

    @Override
    public void restore() {
        try {
            if (before.isPresent()) {
                LibC.tcsetattr(INPUT, TCSANOW, before.get());
            }
        } catch (LastErrorException gone) {
            // So is its mode.
        }
    }
}
