package dev.hermesreaper.agent.hermes;

/**
 * The Hermes home a process works for: where its {@code state.db} lies. Two profiles are two homes.
 *
 * @param known false where it cannot be told, or two sources disagree
 * @param path absolute path, symbolic links resolved
 * @param source where it was read, or why it is not known
 */
public record Home(boolean known, String path, String source) {

    static Home unknown(String why) {
        return new Home(false, "", why);
    }

    static Home at(String path, String source) {
        return new Home(true, path, source);
    }
}
