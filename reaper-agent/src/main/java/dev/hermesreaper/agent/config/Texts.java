package dev.hermesreaper.agent.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of value that are written as a string and mean something more than that. */
final class Texts {

    private static final int PORTS = 65535;

    /** Names only: an address that needs a resolver could leave the machine tomorrow. */
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private Texts() {}

    /** A name that something on the machine goes by. */
    enum Name implements Kind<String> {
        SESSION_KEY("a session key, as it stands in the worker's command line") {
            @Override
            boolean accepts(String text) {
                return !text.isBlank();
            }
        },
        USER("a user name or number, or \"*\" for everybody") {
            @Override
            boolean accepts(String text) {
                return text.equals("*")
                        || (!text.isEmpty() && text.chars().noneMatch(c -> c <= ' ' || ":/*".indexOf(c) >= 0));
            }
        },
        VARIABLE("the name of an environment variable") {
            @Override
            boolean accepts(String text) {
                return !text.isEmpty()
                        && (text.charAt(0) < '0' || text.charAt(0) > '9')
                        && text.chars().allMatch(c -> c < 128 && (c == '_' || Character.isLetterOrDigit(c)));
            }
        };

        private final String what;

        Name(String what) {
            this.what = what;
        }

        abstract boolean accepts(String text);

        @Override
        public String read(Object toml) {
            String text = Kind.string(toml);
            if (!accepts(text)) {
                throw new IllegalArgumentException("");
            }
            return text;
        }

        @Override
        public String write(String value) {
            return Found.toml(value);
        }

        @Override
        public String expected() {
            return what;
        }
    }

    /** A path that means the same whoever reads it. */
    record AbsolutePath() implements Kind<Path> {

        @Override
        public Path read(Object toml) {
            String text = Kind.string(toml);
            if (!text.startsWith("/")) {
                throw new IllegalArgumentException(
                        text.startsWith("~") ? "\"~\" is not expanded here; write the whole path" : "");
            }
            return Path.of(text);
        }

        @Override
        public String write(Path value) {
            return Found.toml(value.toString());
        }

        @Override
        public String expected() {
            return "an absolute path";
        }
    }

    /** A port of an address that only this machine can reach. */
    record Loopback() implements Kind<InetSocketAddress> {

        @Override
        public InetSocketAddress read(Object toml) {
            String text = Kind.string(toml);
            int colon = text.lastIndexOf(':');
            String host = colon < 0 ? "" : text.substring(0, colon);
            if (host.startsWith("[") && host.endsWith("]")) {
                host = host.substring(1, host.length() - 1);
            } else if (host.contains(":")) {
                throw new IllegalArgumentException("an IPv6 address stands in brackets");
            }
            if (!LOOPBACK.contains(host)) {
                String why = "nobody outside this machine may ask what runs on it";
                throw new IllegalArgumentException(colon < 0 ? "" : why);
            }
            return InetSocketAddress.createUnresolved(host, new Kind.Count(1, PORTS).parse(text.substring(colon + 1)));
        }

        @Override
        public String write(InetSocketAddress value) {
            String host = value.getHostString();
            return Found.toml((host.contains(":") ? "[" + host + "]" : host) + ":" + value.getPort());
        }

        @Override
        public String expected() {
            return "a loopback address and a port, such as \"127.0.0.1:9469\" or \"[::1]:9469\"";
        }
    }

    /** A program with its arguments, or a line for the shell. */
    record CommandLine() implements Kind<List<String>> {

        @Override
        public List<String> read(Object toml) {
            if (toml instanceof List<?> list) {
                List<String> command = list.stream().map(Kind::string).toList();
                if (!command.isEmpty() && !command.get(0).startsWith("/")) {
                    throw new IllegalArgumentException("the program is named by its absolute path");
                }
                return command;
            }
            String line = Kind.string(toml);
            return line.isBlank() ? List.of() : List.of("/bin/sh", "-c", line);
        }

        @Override
        public String write(List<String> value) {
            return value.stream().map(Found::toml).collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public String expected() {
            return "a program and its arguments as an array of strings, or a line for /bin/sh as a string";
        }
    }
}
