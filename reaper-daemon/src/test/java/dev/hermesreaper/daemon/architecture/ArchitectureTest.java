package dev.hermesreaper.daemon.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.hermesreaper.agent.host.HeldProcess;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The daemon stands on the agent, never the reverse, and does nothing to a process that a sweep does not do. */
class ArchitectureTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.hermesreaper");
    private static final JavaClasses CANARIES =
            new ClassFileImporter().importPackages("dev.hermesreaper.daemon.architecture.canary");

    private static final Set<String> TIME = Set.of(
            "java.time.Instant.now",
            "java.time.Clock.system",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil");

    @Test
    void seesBothModules() {
        assertThat(PROGRAM.size()).isGreaterThan(150);
        assertThat(PROGRAM.stream().filter(type -> type.getPackageName().startsWith("dev.hermesreaper.daemon")))
                .isNotEmpty();
    }

    @Test
    void theAgentKnowsNoDaemon() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("..hermesreaper.agent..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.hermesreaper.daemon.."),
                "KnowsTheDaemon");
    }

    @Test
    void tellsNoTime() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("dev.hermesreaper.daemon..")
                        .should()
                        .accessTargetWhere(DescribedPredicate.describe(
                                "it tells the time or lets it pass", access -> TIME.contains(name(access)))),
                "TellsTime");
    }

    @Test
    void theDaemonSignalsNobody() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage("dev.hermesreaper.daemon..")
                        .should()
                        .accessTargetWhere(DescribedPredicate.describe(
                                "it signals a process",
                                access -> access.getTargetOwner().isAssignableTo(HeldProcess.class)
                                        && access.getTarget().getName().equals("signal"))),
                "SignalsItself");
    }

    /** The program keeps {@code rule}, and the class {@code canary} breaks it. */
    private static void holds(ArchRule rule, String canary) {
        rule.check(PROGRAM);
        assertThat(rule.evaluate(CANARIES).getFailureReport().getDetails())
                .as("%s breaks the rule: %s", canary, rule.getDescription())
                .anyMatch(detail -> detail.contains("." + canary));
    }

    private static String name(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }
}
