package dev.hermesreaper.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder. */
@Command(name = "sweep", mixinStandardHelpOptions = true, description = "What leaks now.")
final class SweepCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
