import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says at the end of a build how many tests were skipped for want of root: {@code ROOT_OF_PROJECT}. */
final class Skipped {

    /** How the reasons are written in the tests. */
    private static final Pattern SKIPPED = Pattern.compile("<skipped\\b[^\n]*(needs|only|not) root\\b");

    private Skipped() {}

    public static void main(String[] arguments) throws IOException {
        long skipped = 0;
        for (Path report : reports(Path.of(arguments[0]))) {
            skipped += SKIPPED.matcher(Files.readString(report)).results().count();
        }
        if (skipped > 0) {
            System.out.println(skipped + " TESTS SKIPPED because they need root: run the build as root, for instance in a"
                    + " container, to have them, too. Their reasons are in reaper-*/target/*-reports.");
        }
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.find(
                root, 4, (path, it) -> path.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-[^/]*\\.xml"))) {
            return files.sorted().toList();
        }
    }
}
