package dev.hermesreaper.agent.cli;

import dev.hermesreaper.agent.config.ConfigText;
import dev.hermesreaper.agent.config.EffectiveConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code config show|check|init}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Show, check or write the configuration.",
        synopsisSubcommandLabel = "show|check|init",
        footer = {
            "",
            "Examples:",
            "  hermes-reaper config show            every value in force, and where it comes from",
            "  hermes-reaper config check           is the file right? says every mistake at once",
            "  hermes-reaper config init            write a commented file to the usual place",
            "  hermes-reaper config init --stdout   only print it"
        })
final class ConfigCommand implements Runnable {

    @ParentCommand
    private @Nullable RootCommand root;

    @picocli.CommandLine.Spec
    private picocli.CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "say which: config show, config check or config init");
        }
    }

    private RootCommand root() {
        return RootCommand.of(root);
    }

    private PrintStream out() {
        return root().terminal().out();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print every value in force, and where it comes from: flag, environment, file or default.")
    int show() {
        EffectiveConfig effective = root().effective(List.of());
        out().println("# "
                + effective
                        .file()
                        .map(file -> "read from " + file)
                        .orElseGet(() -> "no file; the usual place is "
                                + root().locations().configFile()));
        out().print(ConfigText.of(effective));
        return warned(effective);
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Read the configuration as a sweep would, and say everything that is wrong with it.")
    int check() {
        EffectiveConfig effective = root().effective(List.of());
        out().println(effective
                .file()
                .map(file -> file + ": fine")
                .orElseGet(() -> "no file at " + root().locations().configFile() + ": every value is at its default"));
        return warned(effective);
    }

    private int warned(EffectiveConfig effective) {
        effective.warnings().forEach(warning -> root().terminal().err().println("hermes-reaper: " + warning));
        return ExitCode.DONE.status();
    }

    @Command(
            name = "init",
            mixinStandardHelpOptions = true,
            description = "Write a file with every key, commented out at its default. Never overwrites one.")
    int init(
            @Option(names = "--stdout", description = "Print it instead.") boolean print,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            converter = Words.Place.class,
                            description = "Where to; default: what --config names, else the usual place.")
                    @Nullable
                    Path file) {
        if (print) {
            out().print(ConfigText.sample());
            return ExitCode.DONE.status();
        }
        Path target = file != null ? file : root().configFile();
        write(target.toAbsolutePath());
        out().println("wrote " + target);
        return ExitCode.DONE.status();
    }

    /** Neither group nor others may write what it makes, whatever the umask: the next sweep would refuse to read it. */
    private static void write(Path target) {
        try {
            Path directory = target.getParent();
            if (directory != null) {
                Files.createDirectories(directory, mode("rwxr-xr-x"));
            }
            Files.createFile(target, mode("rw-r--r--"));
            try {
                Files.writeString(target, ConfigText.sample(), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
            } catch (IOException failure) {
                Files.deleteIfExists(target); // half of it would be left alone the next time
                throw failure;
            }
        } catch (IOException failure) {
            throw UnwritableException.at(target, failure);
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
