package dev.hermesreaper.agent.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user this program runs as, known before any host is opened: a new file belongs to him. */
public final class OwnUser {

    private OwnUser() {}

    /** Effective user id; -1 where the platform does not say, which is nobody's. */
    public static long uid() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProc) {
            return "root".equals(System.getProperty("user.name")) ? 0 : -1;
        }
    }
}
