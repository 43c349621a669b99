package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.host.HostException;
import dev.hermesreaper.agent.ledger.History;
import dev.hermesreaper.agent.report.HistoryJson;
import dev.hermesreaper.agent.report.HistoryText;
import dev.hermesreaper.agent.sweep.Agent;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code history}: what was ended, as the ledger tells it. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show what was ended, when, why, and what it gave back, by every sweep and the service of this user.",
            "Reads the ledger in the state directory; observes no process and changes nothing. Dry runs are not on "
                    + "record. Passes with [reap] mode = \"observe\" are: what they would have ended is 'observed' once, and "
                    + "later a 'regret' if it did work, or 'confirmed' if it ended without. Text lists the last 50 acts and "
                    + "counts all."
        },
        footer = {
            "",
            "Examples:",
            "  hermes-reaper history                       all that is on record",
            "  hermes-reaper history --since 7d            the last week",
            "  hermes-reaper history --format json | jq .totals"
        })
final class HistoryCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable RootCommand parent;

    @Option(
            names = "--since",
            paramLabel = "D",
            converter = Words.Span.class,
            description = "Only what was done in the last D, e.g. 12h or 7d; everything otherwise.")
    private @Nullable Duration since;

    @Mixin
    private Format.Choice written = new Format.Choice();

    @Override
    public Integer call() {
        RootCommand root = RootCommand.of(parent);
        Agent agent = root.agentInAnyCase();
        Host host = agent.host();
        Optional<Instant> from =
                Optional.ofNullable(since).map(it -> host.now().wall().minus(it));
        History history = History.in(root.locations().stateDirectory(), host);
        String name = host.self().hostName();
        PrintStream out = root.terminal().out();
        History.Reading reading;
        switch (written.format()) {
            case TEXT -> {
                HistoryText text = new HistoryText(name, from, ZoneId.systemDefault());
                reading = readable(history.read(from.orElse(Instant.MIN), text::add));
                out.print(text.render(reading, root.orders(agent), root.layout(true)));
            }
            case JSON -> {
                HistoryJson json = new HistoryJson(name, from, out::print);
                reading = readable(history.read(from.orElse(Instant.MIN), json::add));
                json.end(reading, root.orders(agent));
            }
        }
        out.flush();
        return ExitCode.DONE.status();
    }

    /** Nothing was told, and so nothing printed, if nothing could be read. */
    private static History.Reading readable(History.Reading reading) {
        if (reading.isUnreadable()) {
            throw new HostException("cannot read the history: " + String.join("; ", reading.problems())
                    + ". Run it as the user whose sweeps these were, or name their --state-dir");
        }
        return reading;
    }
}
