package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.process.RawText;

/**
 * One question the judge asked.
 *
 * @param name the question, by the reason it can lead to
 * @param passed whether, as far as this question goes, the process may be ended
 * @param detail the fact behind the answer
 */
public record Gate(String name, boolean passed, String detail) {

    public Gate {
        detail = RawText.printable(detail);
    }
}
