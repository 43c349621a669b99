package dev.hermesreaper.agent.architecture;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.hermesreaper.agent.architecture.Canaries.holds;
import static dev.hermesreaper.agent.architecture.Canaries.in;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which library is seen where, who prints, and what things are called. */
class HouseStyleTest {

    private static final Pattern SAYS_NOTHING =
            Pattern.compile("Abstract[A-Z].*|.*(Impl|Manager|Helper|Utils?|Handler|Data|Info)");
    private static final Pattern PREFIXED = Pattern.compile("I[A-Z][a-z].*");

    @Test
    void onlyTheHostSeesOshiAndJna() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("host"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("oshi..", "com.sun.jna.."),
                "sweep.AsksOshi",
                "sweep.CallsC");
    }

    @Test
    void onlyTheCommandSeesPicocli() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("cli"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("picocli.."),
                "report.ParsesWords");
    }

    @Test
    void onlyTheConfigurationSeesToml() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("config"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.moandjiezana.."),
                "sweep.ReadsToml");
    }

    @Test
    void onlyTheServicesSeePlists() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("service"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.dd.plist.."),
                "sweep.ReadsPlists");
    }

    /** So that SQLite is loaded for no question but one about a record. */
    @Test
    void onlyTheRecordsSeeSqlite() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("record"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.sqlite..", "java.sql.."),
                "judge.AsksADatabase");
    }

    @Test
    void onlyTheTerminalPrints() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.hermesreaper.agent.cli.Terminal")
                        .should()
                        .accessTargetWhere(Calls.print()),
                "cli.Prints.out",
                "cli.Prints.err",
                "cli.Prints.descriptor",
                "cli.Prints.trace");
    }

    @Test
    void onlyTheCommandEndsTheProgram() {
        holds(
                noClasses().that().resideOutsideOfPackage(in("cli")).should().accessTargetWhere(Calls.endTheProgram()),
                "sweep.Exits");
    }

    @Test
    void logsThroughSlf4jOnly() {
        holds(
                noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."),
                "sweep.LogsElsewhere");
    }

    @Test
    void onlyTheLogSeesLogback() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("log"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("ch.qos.logback.."),
                "sweep.ConfiguresLogs");
    }

    @Test
    void publicFieldsAreConstant() {
        holds(fields().that().arePublic().should().beFinal(), "sweep.OpenToAll");
    }

    @Test
    void namesSayWhatTheyName() {
        holds(
                noClasses().should(be(named(SAYS_NOTHING))),
                "names.AbstractNonsense",
                "names.NonsenseImpl",
                "names.NonsenseManager",
                "names.NonsenseHelper",
                "names.NonsenseUtil",
                "names.NonsenseUtils",
                "names.NonsenseHandler",
                "names.NonsenseData",
                "names.NonsenseInfo");
        holds(noClasses().that().areInterfaces().should(be(named(PREFIXED))), "names.INonsense");
    }

    @Test
    void packagesAreNullMarked() {
        holds(classes().should(beNullMarked()), "sweep.OpenToAll");
    }

    private static DescribedPredicate<JavaClass> named(Pattern pattern) {
        return DescribedPredicate.describe("named " + pattern, type -> pattern.matcher(type.getSimpleName())
                .matches());
    }

    private static ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> predicate) {
        return ArchCondition.from(are(predicate));
    }

    private static ArchCondition<JavaClass> beNullMarked() {
        return new ArchCondition<>("be in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is not"));
                }
            }
        };
    }
}
