import dev.hermesreaper.agent.cli.HermesReaper;
import dev.hermesreaper.agent.config.ConfigText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the man pages, the completion for bash, zsh and fish, and the configuration of the packages from the program
 * itself. Run by the build: {@code java -cp CLASSPATH Manuals.java DIRECTORY VERSION DATE CHANGELOG}; the same input gives
 * the same bytes.
 */
final class Manuals {

    private static final String DAEMON = "dev.hermesreaper.daemon.DaemonCommand";
    private static final String STATUS = "Exit status:";
    private static final String FILES = """
            .SH FILES
            .TP
            .I /etc/hermes\\-reaper/config.toml
            Configuration of root and of the system service.
            .TP
            .I ~/.config/hermes\\-reaper/config.toml
            Configuration of everybody else.
            .TP
            .I /var/lib/hermes\\-reaper\\fR, \\fI~/.local/state/hermes\\-reaper
            What outlives a pass: sightings, and the ledger of what was ended.
            .TP
            .I docs/operations.md
            Installing, reading a report, the incident itself; in /usr/share/doc/hermes\\-reaper, or beside the programs.
            """;
    private static final String ENVIRONMENT = """
            .SH ENVIRONMENT
            .TP
            .B HERMES_REAPER_\\fISECTION\\fB_\\fIKEY
            Stands for KEY of [SECTION] in the configuration, and wins over it: HERMES_REAPER_REAP_MODE=observe.
            .TP
            .B HERMES_REAPER_CONFIG
            The configuration to read, as with \\-\\-config.
            .TP
            .B HERMES_REAPER_JAVA
            The java to run with, of Java 17 or newer.
            .TP
            .B HERMES_REAPER_JAVA_OPTS
            More options for it.
            .TP
            .B HERMES_REAPER_KEEP=1
            In the environment of a worker: it is never ended.
            .TP
            .B NO_COLOR
            No colour.
            """;

    private final Path directory;
    private final String version;
    private final String date;

    private Manuals(Path directory, String version, String date) {
        this.directory = directory;
        this.version = version;
        this.date = date;
    }

    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Manuals manuals = new Manuals(Path.of(args[0]), args[1], args[2].substring(0, 10));
        CommandSpec agent = HermesReaper.commands();
        CommandSpec daemon = new CommandLine(Class.forName(DAEMON)).getCommandSpec();
        manuals.pages(agent, 1, manuals.namesOf(agent, daemon));
        manuals.pages(daemon, 8, manuals.namesOf(agent, daemon));
        manuals.write("system.toml", systemConfig());
        manuals.write("changelog.gz", Files.readString(Path.of(args[3])));
        for (CommandSpec command : List.of(agent, daemon)) {
            manuals.write("bash/" + command.name(), bash(command));
            manuals.write("zsh/_" + command.name(), zsh(command));
            manuals.write("fish/" + command.name() + ".fish", fish(command));
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = text.replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(file, name.endsWith(".gz") ? compressed(bytes) : bytes);
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(buffer) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(bytes);
        }
        byte[] compressed = buffer.toByteArray();
        compressed[8] = 2; // "maximum compression" (RFC 1952), which Java does not say and lintian looks for
        return compressed;
    }

    /** The commented sample, with the one value that the service of the whole machine needs. */
    private static String systemConfig() {
        String sample = ConfigText.sample();
        String changed = sample.replace("\n#users = []\n", "\nusers = [\"*\"]\n");
        if (changed.equals(sample)) {
            throw new IllegalStateException("the sample configuration has no line \"#users = []\" any more");
        }
        return changed;
    }

    // ---- man pages

    private Set<String> namesOf(CommandSpec agent, CommandSpec daemon) {
        Set<String> names = new LinkedHashSet<>();
        names.add(pageName(agent) + "(1)");
        agent.subcommands().values().forEach(it -> names.add(pageName(it.getCommandSpec()) + "(1)"));
        names.add(daemon.name() + "(8)");
        return names;
    }

    /** One page for each command; the subcommands of a subcommand are told on its own page. */
    private void pages(CommandSpec command, int section, Set<String> all) throws IOException {
        write("man%2$d/%1$s.%2$d.gz".formatted(pageName(command), section), page(command, section, all));
        for (CommandLine sub : subcommands(command)) {
            if (command.parent() == null) {
                pages(sub.getCommandSpec(), section, all);
            }
        }
    }

    private static List<CommandLine> subcommands(CommandSpec command) {
        return command.subcommands().values().stream()
                .distinct()
                .filter(it -> !it.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private static String pageName(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String page(CommandSpec command, int section, Set<String> all) {
        String name = pageName(command);
        String[] description = command.usageMessage().description();
        StringBuilder page = new StringBuilder();
        page.append(".TH \"%s\" %d \"%s\" \"hermes\\-reaper %s\" \"hermes\\-reaper\"\n"
                .formatted(roff(name.toUpperCase(Locale.ROOT)), section, date, version));
        page.append(".nh\n.ad l\n.SH NAME\n%s \\- %s\n".formatted(roff(name), roff(summary(command))));
        page.append(".SH SYNOPSIS\n");
        synopsis(page, command);
        page.append(".SH DESCRIPTION\n").append(prose(List.of(description)));
        options(page, command, ".SH OPTIONS\n");
        for (CommandLine sub : subcommands(command)) {
            subcommand(page, command, sub.getCommandSpec());
        }
        footer(page, command);
        page.append(command.parent() == null ? ENVIRONMENT : "").append(FILES);
        page.append(".SH SEE ALSO\n")
                .append(all.stream()
                        .filter(it -> !it.startsWith(name + "("))
                        .map(it -> ".BR %s (%s)".formatted(roff(it.substring(0, it.indexOf('('))), it.charAt(it.length() - 2)))
                        .collect(Collectors.joining(" ,\n", "", "\n")));
        return page.toString();
    }

    private void subcommand(StringBuilder page, CommandSpec command, CommandSpec sub) {
        boolean first = sub == subcommands(command).get(0).getCommandSpec();
        page.append(first ? ".SH COMMANDS\n" : "");
        if (command.parent() == null) {
            page.append(".TP\n.BR %s (1)\n%s\n".formatted(roff(pageName(sub)), roff(summary(sub))));
            return;
        }
        page.append(".SS %s\n".formatted(roff(sub.name())));
        synopsis(page, sub);
        page.append(".PP\n").append(prose(List.of(sub.usageMessage().description())));
        options(page, sub, "");
    }

    private static String summary(CommandSpec command) {
        String first = String.join(" ", command.usageMessage().description()).split("[.:] ", 2)[0];
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static void synopsis(StringBuilder page, CommandSpec command) {
        page.append(".B %s\n".formatted(roff(command.qualifiedName())));
        List<String> words = new ArrayList<>();
        own(command).forEach(option -> words.add("[\\fB%s\\fR%s]"
                .formatted(roff(option.longestName()), takesValue(option) ? " \\fI" + roff(option.paramLabel()) + "\\fR" : "")));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String label = "\\fI" + roff(parameter.paramLabel()) + "\\fR" + (parameter.arity().max() > 1 ? "..." : "");
            words.add(parameter.required() ? label : "[" + label + "]");
        }
        if (!command.subcommands().isEmpty()) {
            words.add("\\fI" + roff(command.parent() == null ? "COMMAND" : command.usageMessage().synopsisSubcommandLabel()) + "\\fR");
        }
        words.forEach(word -> page.append(word).append('\n'));
    }

    private static boolean takesValue(ArgSpec option) {
        return option.arity().max() > 0;
    }

    /** The options a command adds; those of the root command are told on the root's page. */
    private static List<OptionSpec> own(CommandSpec command) {
        return command.options().stream()
                .filter(it -> !it.hidden() && !it.inherited())
                .filter(it -> command.parent() == null || !(it.usageHelp() || it.versionHelp()))
                .toList();
    }

    private static void options(StringBuilder page, CommandSpec command, String heading) {
        List<OptionSpec> options = own(command);
        List<PositionalParamSpec> parameters = command.positionalParameters();
        if (options.isEmpty() && parameters.isEmpty()) {
            return;
        }
        page.append(heading);
        for (PositionalParamSpec parameter : parameters) {
            page.append(".TP\n.I %s\n%s\n".formatted(roff(parameter.paramLabel()), roff(String.join(" ", parameter.description()))));
        }
        for (OptionSpec option : options) {
            String names = Stream.of(option.names())
                    .map(it -> "\\fB" + roff(it) + "\\fR")
                    .collect(Collectors.joining(", "));
            String value = takesValue(option) ? " \\fI" + roff(option.paramLabel()) + "\\fR" : "";
            page.append(".TP\n%s%s\n%s\n".formatted(names, value, roff(String.join(" ", option.description()))));
        }
    }

    /** What follows "Examples:" is shown as typed; the exit status has a section of its own. */
    private static void footer(StringBuilder page, CommandSpec command) {
        List<String> lines = List.of(command.usageMessage().footer());
        List<String> shown = lines.stream()
                .takeWhile(it -> !it.startsWith(STATUS))
                .filter(it -> !it.isBlank() && !it.startsWith("Example"))
                .toList();
        if (!shown.isEmpty()) {
            page.append(".SH EXAMPLES\n.nf\n");
            shown.forEach(line -> page.append(roff(line.strip())).append('\n'));
            page.append(".fi\n");
        }
        // One without its own has that of all.
        boolean own = lines.stream().anyMatch(it -> it.startsWith(STATUS));
        String statuses = Stream.of((own ? command : command.root()).usageMessage().footer())
                .dropWhile(it -> !it.startsWith(STATUS))
                .map(String::strip)
                .collect(Collectors.joining(" "));
        page.append(".SH EXIT STATUS\n").append(roff(statuses.substring(STATUS.length()).strip())).append('\n');
    }

    private static String prose(List<String> lines) {
        return lines.stream().map(Manuals::roff).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Text as roff takes it literally, picocli's format and markup resolved. */
    private static String roff(String text) {
        String plain = text.replaceAll("@\\|[a-z,()]+ ([^|]*)\\|@", "$1").replace("%n", " ").replace("%%", "%");
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti")
                .replace("…", "...").replace("→", "->");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    // ---- completion

    private static List<String> values(ArgSpec option) {
        if (option.paramLabel().contains("|")) {
            return List.of(option.paramLabel().split("\\|"));
        }
        List<String> candidates = new ArrayList<>();
        Optional.ofNullable(option.completionCandidates()).ifPresent(all -> all.forEach(candidates::add));
        return candidates;
    }

    /** picocli's own, with the constants of enums as they are typed. */
    private static String bash(CommandSpec command) {
        return Pattern.compile("(?<=_option_args=\\()[A-Z\" ]+(?=\\) #)")
                .matcher(AutoComplete.bash(command.name(), command.commandLine()))
                .replaceAll(values -> values.group().toLowerCase(Locale.ROOT))
                .replaceFirst("^#!.*\n", "");
    }

    private static boolean isPath(ArgSpec option) {
        return List.of("FILE", "DIR").contains(option.paramLabel());
    }

    private static String quoted(String text) {
        String line = text.replaceAll("@\\|[a-z,()]+ ([^|]*)\\|@", "$1").replace("%n", " ").replace("%%", "%");
        return line.replace("\\", "\\\\").replace("'", "'\\''");
    }

    private static List<OptionSpec> visible(CommandSpec command) {
        return command.options().stream().filter(it -> !it.hidden()).toList();
    }

    private static String fish(CommandSpec root) {
        StringBuilder script = new StringBuilder("# fish completion for " + root.name() + "\n");
        script.append("complete -c %s -f\n".formatted(root.name()));
        fish(script, root, root, List.of());
        return script.toString();
    }

    private static void fish(StringBuilder script, CommandSpec root, CommandSpec command, List<String> path) {
        List<String> subs = subcommands(command).stream().map(CommandLine::getCommandName).toList();
        String here = path.isEmpty()
                ? ""
                : path.stream().map("__fish_seen_subcommand_from %s"::formatted).collect(Collectors.joining("; and "));
        String open = subs.isEmpty() ? here : (here.isEmpty() ? "" : here + "; and ") + "not __fish_seen_subcommand_from " + String.join(" ", subs);
        for (CommandLine sub : subcommands(command)) {
            script.append("complete -c %s -n '%s' -a %s -d '%s'\n"
                    .formatted(root.name(), open, sub.getCommandName(), quoted(summary(sub.getCommandSpec()))));
        }
        for (OptionSpec option : path.isEmpty() ? visible(command) : own(command)) {
            StringBuilder line = new StringBuilder("complete -c " + root.name());
            line.append(here.isEmpty() ? "" : " -n '" + here + "'");
            for (String name : option.names()) {
                line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            line.append(takesValue(option) ? (isPath(option) ? " -r -F" : " -x") : "");
            line.append(values(option).isEmpty() ? "" : " -a '" + String.join(" ", values(option)) + "'");
            line.append(" -d '").append(quoted(String.join(" ", option.description()))).append("'\n");
            script.append(line);
        }
        for (CommandLine sub : subcommands(command)) {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(sub.getCommandName());
            fish(script, root, sub.getCommandSpec(), deeper);
        }
    }

    private static String zsh(CommandSpec root) {
        StringBuilder script = new StringBuilder("#compdef " + root.name() + "\n");
        zsh(script, root);
        script.append(function(root) + " \"$@\"\n");
        return script.toString();
    }

    private static String function(CommandSpec command) {
        return "_" + command.qualifiedName("_").replace('-', '_');
    }

    private static void zsh(StringBuilder script, CommandSpec command) {
        List<CommandLine> subs = subcommands(command);
        subs.forEach(sub -> zsh(script, sub.getCommandSpec()));
        script.append(function(command)).append("() {\n    local curcontext=\"$curcontext\" state line\n    _arguments -C");
        for (OptionSpec option : visible(command)) {
            String text = quoted(String.join(" ", option.description())).replace("[", "(").replace("]", ")").replace(":", "\\:");
            String value = "";
            if (takesValue(option)) {
                value = ":" + option.paramLabel() + ":"
                        + (isPath(option) ? "_files" : values(option).isEmpty() ? "" : "(" + String.join(" ", values(option)) + ")");
            }
            for (String name : option.names()) {
                script.append(" \\\n        '%s[%s]%s'".formatted(name, text, value));
            }
        }
        if (subs.isEmpty()) {
            script.append(command.positionalParameters().stream().anyMatch(Manuals::isPath) ? " \\\n        '*:file:_files'\n}\n\n" : "\n}\n\n");
            return;
        }
        script.append(" \\\n        '1: :->command' '*:: :->words'\n    case $state in\n    command)\n        local -a commands=(");
        for (CommandLine sub : subs) {
            script.append("\n            '%s:%s'".formatted(sub.getCommandName(), quoted(summary(sub.getCommandSpec())).replace(":", "\\:")));
        }
        script.append("\n        )\n        _describe command commands\n        ;;\n    words)\n        case $line[1] in\n");
        for (CommandLine sub : subs) {
            script.append("        %s) %s ;;\n".formatted(sub.getCommandName(), function(sub.getCommandSpec())));
        }
        script.append("        esac\n        ;;\n    esac\n}\n\n");
    }
}
