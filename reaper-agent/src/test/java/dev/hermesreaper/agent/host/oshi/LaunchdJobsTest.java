package dev.hermesreaper.agent.host.oshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against answers written after the manual of {@code launchctl} and those that issues quote. */
class LaunchdJobsTest {

    private final Map<String, List<String>> answers = new HashMap<>(Map.of(
            "print user/501",
            List.of(),
            "list",
            List.of("PID\tStatus\tLabel", "-\t0\tcom.apple.idle", "8100\t0\tai.hermes.dashboard"),
            "print system",
            List.of(
                    "com.apple.xpc.launchd.domain.system = {",
                    "\ttype = system",
                    "\tactive count = 412",
                    "\tservices = {",
                    "\t\t     214      - \tcom.apple.runningboardd",
                    "\t\t       0      - \tcom.apple.unused",
                    "\t\t    9100    (pe) \torg.example.worker",
                    "\t}",
                    "\tendpoints = {",
                    "\t\t   0x1a03    M   A   com.apple.service",
                    "\t}",
                    "}")));
    private final LaunchdJobs jobs =
            new LaunchdJobs(words -> Optional.ofNullable(answers.get(String.join(" ", words))));

    @Test
    void knowsThoseOfTheUserAndThoseOfTheSystem() {
        assertThat(jobs.jobOf(8100, 501)).hasValue("launchd started it as the process of the job ai.hermes.dashboard");
        assertThat(jobs.jobOf(9100, 501)).hasValue("launchd started it as the process of the job org.example.worker");
    }

    @Test
    void saysNothingOfOneThatLaunchdOnlyAdopted() {
        assertThat(jobs.jobOf(8400, 501)).isEmpty();
        assertThat(jobs.jobOf(0, 501)).isEmpty();
        assertThat(jobs.jobOf(412, 501)).as("a count, not a job").isEmpty();
    }

    @Test
    void suspectsEveryAdoptedOneWhereLaunchctlDoesNotAnswer() {
        answers.remove("print system");

        assertThat(jobs.jobOf(8400, 501))
                .hasValue("launchd may have started it as a job: launchctl print system cannot be run");
        assertThat(jobs.jobOf(8100, 501)).as("a known one").hasValueSatisfying(it -> assertThat(it)
                .contains("ai.hermes.dashboard"));
    }

    @Test
    void suspectsThoseOfAUserWhoseJobsNobodyTells() {
        assertThat(jobs.jobOf(8400, 502))
                .hasValueSatisfying(it -> assertThat(it).contains("launchctl print user/502 cannot be run"));
    }

    @Test
    void doesWithoutTheDomainsOfAUserWhoIsNotLoggedIn() {
        answers.remove("print user/501");
        answers.put("print gui/501", List.of("services = {", "  8800  -  com.example.agent"));

        assertThat(jobs.jobOf(8800, 501)).isPresent();
        assertThat(jobs.jobOf(8400, 501)).isEmpty();
    }
}
