package dev.hermesreaper.agent.service;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One file that we wrote, as the manifest has it.
 *
 * @param purpose what for: {@link #INSTALL}, or the name of the dashboard it protects
 * @param digest SHA-256 of what we wrote, so that a later change by somebody else is noticed
 * @param before Base64 of what was there, empty if nothing was
 * @param madeDirectory whether its directory is ours as well
 */
record Written(String file, String purpose, String digest, Optional<String> before, boolean madeDirectory) {

    static final String INSTALL = "install";

    static Written of(Change change, String purpose, boolean madeDirectory) {
        Optional<String> before =
                change.before().map(bytes -> Base64.getEncoder().encodeToString(bytes));
        return new Written(change.file().toString(), purpose, digest(change.after()), before, madeDirectory);
    }

    Path path() {
        return Path.of(file);
    }

    boolean isInstall() {
        return purpose.equals(INSTALL);
    }

    boolean isUnchanged(byte[] now) {
        return digest(now).equals(digest);
    }

    Optional<byte[]> original() {
        return before.map(text -> Base64.getDecoder().decode(text));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
