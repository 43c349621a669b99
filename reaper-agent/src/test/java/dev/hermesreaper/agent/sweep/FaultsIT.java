package dev.hermesreaper.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hermesreaper.agent.sweep.Faults.Fault;
import dev.hermesreaper.agent.sweep.Faults.When;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The state directory breaks while a pass is under way, also as root. */
@EnabledOnOs(OS.LINUX)
class FaultsIT {

    @BeforeEach
    void needsAPidNamespace() {
        assumeTrue(PidNamespace.isAvailable(), PidNamespace.SKIPPED);
    }

    @Test
    void endsWhatIsLeakedThoughTheDiskIsFullAndSaysSo() throws Exception {
        survives(Fault.FULL, ".*no space left on device.*forgotten.*", When.values());
    }

    /** The kernel lets nobody make it so while the lock is open for writing. */
    @Test
    void endsWhatIsLeakedThoughTheDiskIsReadOnlyAndSaysSo() throws Exception {
        survives(Fault.READ_ONLY, ".*it is read-only.*", When.BEFORE_THE_PASS);
    }

    @Test
    void endsWhatIsLeakedThoughItsDirectoryIsDeletedMeanwhileAndSaysSo() throws Exception {
        survives(
                Fault.DELETED,
                ".*no such file or directory.*",
                When.WHILE_IT_WAITS,
                When.BEFORE_TERM,
                When.BETWEEN_TERM_AND_KILL);
    }

    @Test
    void makesItsDirectoryAgainWhereItWasDeletedBetweenTwoPasses() throws Exception {
        survives(Fault.DELETED, "", When.BEFORE_THE_PASS);
    }

    @Test
    void endsWhatIsLeakedAndWritesNothingThroughALinkThatTookItsDirectorysPlace() throws Exception {
        survives(Fault.SYMLINK, ".*is a symbolic link, and nothing is read or written through one.*", When.values());
    }

    /** Everything due is ended, nobody else is signalled, it is said, and the next pass is as if nothing had been. */
    private static void survives(Fault fault, String said, When... moments) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(fault));
        arguments.addAll(List.of(moments));

        PidNamespace.Ended ended = PidNamespace.run(Faults.class, arguments.toArray());

        assertThat(ended.status()).as(ended.toString()).isZero();
        assertThat(ended.all("when")).as(ended.toString()).hasSize(moments.length);
        assertThat(ended.all("healthy")).as(ended.toString()).containsOnly("[]");
        assertThat(ended.all("told"))
                .as(ended.toString())
                .hasSize(moments.length)
                .allMatch(told -> told.matches("\\[" + said + "]"));
        assertThat(ended.all("elsewhere")).containsOnly("[]");
        assertThat(ended.all("mended")).as(ended.toString()).containsOnly("[]");
        assertThat(ended.all("used")).containsOnly("3");
        assertThat(ended.all("history")).containsOnly("0 damaged []");
        assertThat(ended.all("not")).as("not ended").isEmpty();
    }
}
