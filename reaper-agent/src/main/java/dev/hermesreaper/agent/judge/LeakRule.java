package dev.hermesreaper.agent.judge;

import dev.hermesreaper.agent.config.JudgePolicy;
import dev.hermesreaper.agent.process.Evidence;
import java.util.List;

/** One way a worker leaks. */
interface LeakRule {

    /** The reap reason it leads to. */
    Reason reason();

    /** What is done where it applies. */
    JudgePolicy.Action action();

    /** Whether, as far as processes go, it would apply, so that it hangs on what is on record about the session. */
    default boolean hangsOnRecord(Case it) {
        return false;
    }

    /** Whether it applies to this case. */
    Finding examine(Case it);

    /** What it rests on besides what was found, where it applies to this case or will. */
    default List<Evidence> evidence(Case it) {
        return List.of();
    }
}
