package dev.hermesreaper.agent.doctor;

/**
 * One thing that was examined.
 *
 * @param topic what, in a word
 * @param said what was found
 * @param fix what to do about it, as it is typed where it can be; empty where there is nothing to do
 */
public record Finding(Weight weight, String topic, String said, String fix) {

    /** How bad it is. */
    public enum Weight {
        /** As it should be. */
        FINE,
        /** Worth knowing; everything works. */
        NOTE,
        /** Something does not work, or will not when it is needed. */
        FAULT
    }

    static Finding fine(String topic, String said) {
        return new Finding(Weight.FINE, topic, said, "");
    }

    static Finding note(String topic, String said, String fix) {
        return new Finding(Weight.NOTE, topic, said, fix);
    }

    static Finding fault(String topic, String said, String fix) {
        return new Finding(Weight.FAULT, topic, said, fix);
    }

    public boolean isFault() {
        return weight == Weight.FAULT;
    }
}
