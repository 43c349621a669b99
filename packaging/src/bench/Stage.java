import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Idle processes that go with it. */
final class Stage implements AutoCloseable {
    private final Process stage;

    /**
     * @param floor the program they run
     * @param python the same program, named so that a worker is told by it
     */
    Stage(Path floor, Path python, int processes, int workers) throws IOException {
        this(processes, floor.toString(), "stage", Integer.toString(processes), Integer.toString(workers), python.toString());
    }

    /** The same beside a dashboard with so many descriptors, which has a worker with so many children. */
    Stage(Path floor, Path python, int processes, int workers, int descriptors, int children) throws IOException {
        this(processes, floor.toString(), "stage", Integer.toString(processes), Integer.toString(workers), python.toString(),
                Integer.toString(descriptors), Integer.toString(children));
    }

    private Stage(int processes, String... command) throws IOException {
        stage = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(stage.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(out.readLine())) {
            throw new IOException("could not start " + processes + " processes");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stage.getOutputStream().close();
        stage.waitFor();
    }
}
