import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a look costs by what there is to see: of one kind of thing more and more, of the others next to nothing. */
final class Growth {

    /** Each beside the other, and what one more cost is told of the last against the first. */
    private enum Kind {
        PROCESSES("processes, nothing of Hermes", 1000, 2000, 5000, 10_000),
        WORKERS("workers, among 4,000 processes", 100, 500, 1000, 2000, 4000),
        DESCRIPTORS("descriptors of a dashboard", 10, 5000, 10_000, 19_900),
        CHILDREN("children of a worker", 0, 100, 500, 1000);

        private final String words;
        private final int[] sizes;

        Kind(String words, int... sizes) {
            this.words = words;
            this.sizes = sizes;
        }

        Stage stage(Path floor, Path python, int size) throws IOException {
            return switch (this) {
                case PROCESSES -> new Stage(floor, python, size, 0);
                case WORKERS -> new Stage(floor, python, 4000, size);
                case DESCRIPTORS -> new Stage(floor, python, 20, 0, size, 0);
                case CHILDREN -> new Stage(floor, python, 20, 0, 10, size);
            };
        }
    }

    /** Takes looks in a JVM of its own: the median CPU, in milliseconds, of a command's and of the service's next one. */
    interface Looks {
        double[] medians() throws IOException, InterruptedException;
    }

    private Growth() {}

    /** The lines of a table. */
    static List<String> table(Path floor, Path python, Looks looks) throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "| | a command, ms of CPU | each more, µs | the service again within 20 s, ms of CPU | each more, µs |",
                "|---|---|---|---|---|"));
        for (Kind kind : Kind.values()) {
            List<double[]> medians = new ArrayList<>();
            for (int size : kind.sizes) {
                try (Stage ignored = kind.stage(floor, python, size)) {
                    medians.add(looks.medians());
                }
                System.err.printf("%,d %s%n", size, kind.words);
            }
            lines.add("| %s %s | %s | %s | %s | %s |"
                    .formatted(sizes(kind), kind.words, all(medians, 0), each(kind, medians, 0), all(medians, 1),
                            each(kind, medians, 1)));
        }
        return lines;
    }

    /** Runs a command, and keeps what it took. */
    interface Runs {
        void run(Series into, String... command) throws IOException, InterruptedException;
    }

    /** What commands take beside 9,900 workers of one process. */
    static List<String> crowd(Path floor, Path python, Path program, Path state, Runs runs) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Stage ignored = new Stage(floor, python, 9900, 9900)) {
            for (String words : List.of("report", "sweep --dry-run")) {
                Series series = new Series();
                List<String> command = new ArrayList<>(List.of("env", "HERMES_REAPER_JUDGE_SETTLE=0s", program.toString()));
                command.addAll(List.of(words.split(" ")));
                command.addAll(List.of("--state-dir", state.toString()));
                for (int round = 0; round < 3; round++) {
                    runs.run(series, command.toArray(new String[0]));
                }
                lines.add("- `%s` beside 9,900 workers of one process: %s ms, %s of CPU, %s MiB"
                        .formatted(
                                words,
                                Series.number(series.median("wall")),
                                Series.number(series.median("cpu")),
                                Series.number(series.median("peak"))));
            }
        }
        return lines;
    }

    private static String sizes(Kind kind) {
        List<String> sizes = new ArrayList<>();
        for (int size : kind.sizes) {
            sizes.add("%,d".formatted(size));
        }
        return String.join(" / ", sizes);
    }

    private static String all(List<double[]> medians, int which) {
        List<String> all = new ArrayList<>();
        for (double[] each : medians) {
            all.add(Series.number(each[which]));
        }
        return String.join(" / ", all);
    }

    private static String each(Kind kind, List<double[]> medians, int which) {
        int last = kind.sizes.length - 1;
        double more = (medians.get(last)[which] - medians.get(0)[which]) * 1000 / (kind.sizes[last] - kind.sizes[0]);
        return String.format(Locale.ROOT, "%.1f", more);
    }
}
