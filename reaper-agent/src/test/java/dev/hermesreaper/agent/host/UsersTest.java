package dev.hermesreaper.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Users by name and by number. */
class UsersTest {
    private final Users users = Users.ofThisMachine();

    @Test
    void knowsThoseOfThisMachineByName() {
        assertThat(users.uidOf("root")).contains(0);
        assertThat(users.nameOf(0)).isEqualTo("root");
        assertThat(users.uidOf("no such user")).isEmpty();
    }

    @Test
    void takesAnyNumberAndShowsItWhereThereIsNoName() {
        assertThat(users.uidOf("1147801107")).contains(1_147_801_107);
        assertThat(users.nameOf(1_147_801_107)).isEqualTo("1147801107");
    }

    @Test
    void takesNoNumberThatIsNobodys() {
        assertThat(users.uidOf("2147483648")).isEmpty();
        assertThat(users.uidOf("-1")).isEmpty();
    }
}
