package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.process.Evidence;
import java.util.List;

/** What a verdict rests on. */
interface Grounds {

    /** The facts behind it, the verdict itself first. */
    List<Evidence> evidence();

    /** Every question there was, in order, those after the decisive one too. */
    List<Gate> gates();

    /** Grounds as they were written down. */
    record Given(List<Evidence> evidence, List<Gate> gates) implements Grounds {

        public Given {
            evidence = List.copyOf(evidence);
            gates = List.copyOf(gates);
        }
    }
}
