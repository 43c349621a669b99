package dev.hermesreaper.agent.host.linux;

import dev.hermesreaper.agent.process.RawText;
import java.nio.file.Path;

/**
 * The name of a file by its bytes, whatever the locale makes of them: the text of a path has lost those that the locale has no
 * letter for, while its URI has them all.
 */
final class RawPath {

    private RawPath() {}

    /** The name of {@code path}, as {@link RawText} keeps it. */
    static String text(Path path) {
        String text = path.toString();
        if (!path.isAbsolute() || isAscii(text)) {
            return text;
        }
        String uri = path.toUri().getRawPath();
        byte[] bytes = new byte[uri.length()];
        int length = 0;
        for (int i = 0; i < uri.length(); i++) {
            boolean escaped = uri.charAt(i) == '%';
            bytes[length++] = (byte) (escaped ? Integer.parseInt(uri.substring(i + 1, i + 3), 16) : uri.charAt(i));
            i += escaped ? 2 : 0;
        }
        // To that of a directory a slash is added.
        boolean isDirectory = length > 1 && bytes[length - 1] == '/';
        return RawText.decode(bytes, 0, isDirectory ? length - 1 : length);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
