package dev.hermesreaper.daemon;

import dev.hermesreaper.agent.log.Keys;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who are told. What goes wrong with one of them keeps neither the others nor the service from going on. */
final class Witnesses {

    private static final Logger log = LoggerFactory.getLogger(Witnesses.class);

    private final List<Witness> all;

    Witnesses(List<Witness> all) {
        this.all = List.copyOf(all);
    }

    void tell(Consumer<Witness> what) {
        for (Witness witness : all) {
            try {
                what.accept(witness);
            } catch (RuntimeException e) {
                log.atError()
                        .addKeyValue(Keys.WITNESS, witness.getClass().getSimpleName())
                        .addKeyValue(Keys.PROBLEM, String.valueOf(e))
                        .log("service.witness_failed");
            }
        }
    }
}
