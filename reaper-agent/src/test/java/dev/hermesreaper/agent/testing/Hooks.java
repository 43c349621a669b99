package dev.hermesreaper.agent.testing;

import java.util.ArrayList;
import java.util.List;

/** What happens to the machine right after it was asked something, so that a test can change it between two questions. */
final class Hooks {
    private static final class Hook {
        private final String question;
        private final Runnable what;
        private int left;

        Hook(String question, int left, Runnable what) {
            this.question = question;
            this.left = left;
            this.what = what;
        }
    }

    private final List<Hook> hooks = new ArrayList<>();

    void enter(String question, int nth, Runnable what) {
        hooks.add(new Hook(question, nth, what));
    }

    void asked(String question) {
        for (Hook hook : List.copyOf(hooks)) {
            if (hook.question.equals(question) && --hook.left == 0) {
                hooks.remove(hook);
                hook.what.run();
            }
        }
    }
}
