package dev.hermesreaper.agent.reap;

import java.util.Optional;

/**
 * Why a process below a victim is left, with all below it.
 *
 * @param why in words
 * @param isCertain whether somebody is known to use or protect it, not only that this cannot be ruled out: then what is
 *     between it and the victim is left as well, since a wrapper passes a signal on
 */
public record Objection(String why, boolean isCertain) {

    /** Of what somebody is known to use or protect. */
    public static Objection certain(String why) {
        return new Objection(why, true);
    }

    /** Of what may be somebody's, as far as can be told. */
    public static Objection doubt(String why) {
        return new Objection(why, false);
    }

    /** The certain one if there is one, else the doubt. */
    public static Optional<Objection> of(Optional<String> certain, Optional<String> doubt) {
        return certain.map(Objection::certain).or(() -> doubt.map(Objection::doubt));
    }
}
