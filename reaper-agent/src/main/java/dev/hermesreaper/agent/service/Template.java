package dev.hermesreaper.agent.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;

/** The unit files and plists of the source tree, which lie in our jar, with the paths of this machine. */
final class Template {

    private Template() {}

    /** As it is. */
    static String text(String name) {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read " + name + " of this build", failure);
        }
    }

    /** A unit that starts the programs in {@code programs}. */
    static String unit(String name, Path programs) {
        String directory = programs.toString().replace("%", "%%");
        boolean isPlain = directory.chars().noneMatch(Character::isWhitespace);
        return text("systemd/" + name)
                .replaceAll(
                        "(?m)^ExecStart=/usr/bin/(hermes-[a-z]+)",
                        Matcher.quoteReplacement(isPlain ? "ExecStart=" : "ExecStart=\"")
                                + Matcher.quoteReplacement(directory) + "/$1" + (isPlain ? "" : "\""));
    }

    /** A plist that starts the programs in {@code programs} and logs to {@code logs}. */
    static String plist(String name, Path programs, Path logs) {
        return text("launchd/" + name).replace("@BIN@", escaped(programs)).replace("@LOGS@", escaped(logs));
    }

    private static String escaped(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
