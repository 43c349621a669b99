package dev.hermesreaper.agent.hermes;

import dev.hermesreaper.agent.process.ProcessDetails;
import dev.hermesreaper.agent.process.ProcessEntry;
import dev.hermesreaper.agent.process.ProcessIdentity;
import java.util.List;

/**
 * A process that runs the slash commands of one session, as seen in one look.
 *
 * @param process its line of the process table
 * @param options what it was told
 * @param details what was read of it besides
 * @param home the Hermes home it works for
 * @param ownership who answers for it
 * @param descendants everything below it, parents first
 * @param commands of these, the ones that are a running command, not the MCP servers it started with
 */
public record SlashWorker(
        ProcessEntry process,
        WorkerOptions options,
        ProcessDetails details,
        Home home,
        Ownership ownership,
        List<ProcessEntry> descendants,
        List<ProcessEntry> commands) {

    public SlashWorker {
        descendants = List.copyOf(descendants);
        commands = List.copyOf(commands);
    }

    public ProcessIdentity identity() {
        return process.identity();
    }

    public int pid() {
        return process.pid();
    }
}
