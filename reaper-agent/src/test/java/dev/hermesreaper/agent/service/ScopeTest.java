package dev.hermesreaper.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScopeTest {

    @Test
    void isOnesOwnUnlessOneIsRoot() {
        assertThat(Scope.chosen(false, false, false, true)).isEqualTo(Scope.USER);
        assertThat(Scope.chosen(false, false, true, true)).isEqualTo(Scope.SYSTEM);
        assertThat(Scope.chosen(false, true, false, false)).isEqualTo(Scope.SYSTEM);
    }

    @Test
    void saysWhoMayMeanIt() {
        assertThatThrownBy(() -> Scope.chosen(true, true, false, false)).hasMessageContaining("exclude");
        assertThatThrownBy(() -> Scope.chosen(true, false, true, false)).hasMessageContaining("runuser");
        assertThatThrownBy(() -> Scope.chosen(false, true, false, true)).hasMessageContaining("sudo");
    }
}
