package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandsTest {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final Terminal NOBODY = new Terminal(NOWHERE, NOWHERE, false, false, Map.of());

    @Test
    void isTheSameCommandWhetherOrNotTheOthersAreKnown() {
        Commands.all(NOBODY).getSubcommands().forEach((name, among) -> {
            Map<String, CommandLine> alone = Commands.of(NOBODY, name).getSubcommands();

            assertThat(alone).containsOnlyKeys(name);
            assertThat(described(alone.get(name))).isEqualTo(described(among));
        });
    }

    @Test
    void callsEachCommandByItsOwnName() {
        Commands.all(NOBODY).getSubcommands().forEach((name, command) -> assertThat(command.getCommandName())
                .isEqualTo(name));
    }

    @Test
    void knowsThemAllWhereTheFirstWordNamesNone() {
        for (String[] words : new String[][] {{}, {"--help"}, {"-v", "sweep"}, {"sweeep"}, {""}}) {
            assertThat(Commands.of(NOBODY, words).getSubcommands()).hasSize(12);
        }
    }

    /** Help and options of it and of those below it. */
    private static Map<String, String> described(CommandLine command) {
        Map<String, String> described = new TreeMap<>();
        described.put(
                command.getCommandSpec().qualifiedName(),
                command.getUsageMessage()
                        + command.getCommandSpec().optionsMap().keySet()
                        + command.getCommandSpec().optionsMap().values().stream()
                                .map(option -> option.inherited() + option.defaultValue() + option.arity())
                                .toList());
        command.getSubcommands().values().forEach(below -> described.putAll(described(below)));
        return described;
    }
}
