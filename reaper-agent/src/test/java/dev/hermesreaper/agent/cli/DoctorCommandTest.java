package dev.hermesreaper.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hermesreaper.agent.doctor.Finding;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void printsALineOfSomebodysCrontabWithoutDoingAnythingToTheTerminal() {
        Finding finding = new Finding(
                Finding.Weight.FAULT, "others", "crontab -l ends workers: kill \u001b[2J\rok", "take \u001b[1A away");

        assertThat(DoctorCommand.text(finding))
                .isEqualTo(
                        """
                        FAULT  others      crontab -l ends workers: kill \\x1b[2J\\rok
                                           fix: take \\x1b[1A away""");
    }

    @Test
    void leavesAloneWhatIsHarmless() {
        Finding finding = new Finding(Finding.Weight.FINE, "dashboards", "hermes\\x2dui.service: fine", "");

        assertThat(DoctorCommand.text(finding)).isEqualTo("ok     dashboards  hermes\\x2dui.service: fine");
    }
}
