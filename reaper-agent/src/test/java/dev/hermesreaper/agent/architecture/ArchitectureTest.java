package dev.hermesreaper.agent.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.hermesreaper.agent.architecture.Canaries.CANARIES;
import static dev.hermesreaper.agent.architecture.Canaries.PROGRAM;
import static dev.hermesreaper.agent.architecture.Canaries.holds;
import static dev.hermesreaper.agent.architecture.Canaries.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.hermesreaper.agent.host.HeldProcess;
import dev.hermesreaper.agent.host.Host;
import dev.hermesreaper.agent.record.SessionRecords;
import org.junit.jupiter.api.Test;

/**
 * What keeps the picture of {@code docs/architecture.md} true. Every rule is checked against the program, and against
 * canaries, classes that break it on purpose: a rule that lets its canary live has stopped meaning anything.
 *
 * <p>Two rules are javac's, not ours: a missing null check and a use of {@code Enum.ordinal} end the build (NullAway and
 * EnumOrdinal of Error Prone, both at ERROR), and class files cannot tell the second from a plain {@code switch}.
 */
class ArchitectureTest {

    @Test
    void seesTheProgramAndTheCanaries() {
        assertThat(PROGRAM.size()).isGreaterThan(150);
        assertThat(PROGRAM.stream().map(Arrows::stageOf))
                .contains("process", "host", "host.linux", "hermes", "sighting", "judge", "reap", "sweep", "cli")
                .doesNotContain("architecture");
        assertThat(CANARIES.size()).isGreaterThan(30);
    }

    @Test
    void packagesKnowOnlyThoseTheTableAllows() {
        holds(
                classes().should(Arrows.areKept()),
                "process.KnowsTheHost",
                "config.KnowsProcesses",
                "demo.KnowsTheJudge",
                "host.KnowsHermes",
                "host.linux.KnowsHermes",
                "host.oshi.KnowsHermes",
                "hermes.KnowsSightings",
                "record.KnowsHermes",
                "sighting.KnowsTheJudge",
                "judge.KnowsTheReaper",
                "reap.KnowsTheSweep",
                "sweep.KnowsTheDemo",
                "sweep.KnowsTheCommand",
                "ledger.KnowsTheSweep",
                "log.KnowsSightings",
                "service.KnowsTheHost",
                "doctor.KnowsTheReport",
                "state.KnowsTheJudge",
                "report.KnowsTheDemo",
                "egg.LaidByAChicken");
    }

    @Test
    void packagesHaveNoCycles() {
        holds(
                slices().assignedFrom(new SliceAssignment() {
                            @Override
                            public SliceIdentifier getIdentifierOf(JavaClass type) {
                                String stage = Arrows.stageOf(type);
                                return stage.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(stage);
                            }

                            @Override
                            public String getDescription() {
                                return "packages";
                            }
                        })
                        .should()
                        .beFreeOfCycles(),
                "egg.LaidByAChicken",
                "chicken.HatchedFromAnEgg");
    }

    /** Values of the port's package are for everybody; the port itself is for those that ask the machine. */
    @Test
    void decisionsAreTakenWithoutTheMachine() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                in("process"), in("config"), in("sighting"), in("judge"), in("report"), in("metrics"))
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(Host.class, HeldProcess.class, SessionRecords.class),
                "sighting.AsksTheHost",
                "judge.AsksTheHost",
                "judge.ReadsRecords",
                "report.AsksTheHost");
    }

    @Test
    void theJudgeTakesValuesAndReturnsValues() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage(in("judge"))
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.io..")
                                .or(resideInAPackage("java.net.."))
                                .or(resideInAPackage("java.nio.."))
                                .or(resideInAPackage("org.slf4j.."))
                                .or(resideInAPackage("ch.qos.logback.."))
                                .or(resideInAPackage("java.util.concurrent.."))
                                .or(resideInAPackage("java.util.random.."))
                                .or(resideInAPackage("java.security.."))
                                .or(simpleName("Random"))
                                .or(simpleName("UUID"))
                                .or(simpleName("Clock"))
                                .or(simpleName("Thread"))
                                .or(simpleName("Process"))
                                .or(simpleName("ProcessHandle"))
                                .or(simpleName("Runtime"))),
                "judge.ReadsAFile",
                "judge.CallsTheNetwork",
                "judge.Logs",
                "judge.TossesACoin",
                "judge.LooksAtAClock");
    }

    @Test
    void valuesAreNotRead() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(in("process"), in("sighting"))
                        .should()
                        .dependOnClassesThat(resideInAPackage("java.io..")
                                .or(resideInAPackage("java.nio.file.."))
                                .or(resideInAPackage("java.nio.channels.."))
                                .or(resideInAPackage("java.net.."))
                                .or(resideInAPackage("org.slf4j.."))),
                "process.ReadsItself");
    }

    @Test
    void onlyTheReaperHoldsAndSignals() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(in("reap"), in("host"))
                        .should()
                        .accessTargetWhere(Calls.holdOrSignal()),
                "sweep.SignalsItself.signal",
                "sweep.SignalsItself.hold",
                "sweep.SignalsItself.reference");
    }

    @Test
    void nobodyEndsAProcessByItsPid() {
        holds(noClasses().should().accessTargetWhere(Calls.endByPid()), "reap.EndsByPid");
    }

    @Test
    void onlyTheSystemClockTellsTime() {
        holds(
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.hermesreaper.agent.host.linux.LinuxClock")
                        .should()
                        .accessTargetWhere(Calls.tellTimeOrLetItPass()),
                "sweep.TellsTime.instant",
                "sweep.TellsTime.reference",
                "sweep.TellsTime.clock",
                "sweep.TellsTime.millis",
                "sweep.TellsTime.nanos",
                "sweep.TellsTime.sleep",
                "sweep.TellsTime.unit",
                "sweep.TellsTime.park",
                "sweep.TellsTime.date",
                "sweep.TellsTime.monitor");
    }
}
