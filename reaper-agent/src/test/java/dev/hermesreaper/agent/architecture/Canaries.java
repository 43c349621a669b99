package dev.hermesreaper.agent.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The program, and the classes that break its rules on purpose: a rule that lets its canary live means nothing any more. */
final class Canaries {

    static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.hermesreaper.agent");

    private static final String ROOT = "dev.hermesreaper.agent.architecture.canary.agent";

    static final JavaClasses CANARIES = new ClassFileImporter().importPackages(ROOT);

    private Canaries() {}

    /** The program keeps {@code rule}, and each of {@code canaries} (class, or class and member) breaks it. */
    static void holds(ArchRule rule, String... canaries) {
        rule.check(PROGRAM);
        List<String> dead = rule.evaluate(CANARIES).getFailureReport().getDetails();
        for (String canary : canaries) {
            String name = ROOT + "." + canary;
            assertThat(dead)
                    .as("%s breaks the rule: %s", canary, rule.getDescription())
                    .anyMatch(detail -> detail.contains(name));
        }
    }

    /** A package of the program and those below it; the canaries mirror it. */
    static String in(String stage) {
        return "..agent." + stage + "..";
    }
}
