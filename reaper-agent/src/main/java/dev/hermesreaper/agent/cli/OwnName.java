package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.host.OwnUser;
import dev.hermesreaper.agent.host.Users;
import java.util.Map;

/** Who types this: for the record, proves nothing. */
final class OwnName {

    private OwnName() {}

    /** The user's name; with sudo, both. */
    static String of(Map<String, String> environment) {
        int uid = (int) OwnUser.uid();
        String name = uid < 0 ? "unknown" : Users.ofThisMachine().nameOf(uid);
        String behind = environment.getOrDefault("SUDO_USER", "");
        return uid == 0 && behind.matches("[A-Za-z0-9._-]{1,64}") && !behind.equals(name)
                ? name + " (sudo of " + behind + ")"
                : name;
    }
}
