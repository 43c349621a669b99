package dev.hermesreaper.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stand-ins are complete. */
class StandinFilesTest {
    @Test
    void theIndexNamesEveryStandIn() throws Exception {
        Path resources = Path.of(Stage.class.getResource("standin").toURI());

        try (Stream<Path> files = Files.walk(resources)) {
            assertThat(Files.readAllLines(resources.resolve("index.txt")))
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> resources.relativize(file).toString())
                            .filter(name -> !name.equals("index.txt") && !name.contains("__pycache__"))
                            .toList());
        }
    }
}
