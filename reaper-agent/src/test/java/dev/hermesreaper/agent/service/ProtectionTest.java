package dev.hermesreaper.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code service protect} and {@code --undo} against a systemd that only answers. */
class ProtectionTest {

    private static final String UNIT =
            """
            Id=%s
            LoadState=%s
            ActiveState=active
            FragmentPath=/home/hermes/.config/systemd/user/%s
            ExecStart={ path=/opt/hermes ; argv[]=/opt/hermes dashboard --port 9119 ; ignore_errors=no ; pid=0 }
            KillMode=%s
            SendSIGKILL=yes
            TimeoutStopUSec=%s
            LimitNOFILE=%s
            LimitNOFILESoft=%s
            """;

    @TempDir
    Path scratch;

    private final List<List<String>> asked = new ArrayList<>();
    private String kill = "process";
    private String stop = "1min 30s";
    private String hard = "524288";
    private String soft = "1024";
    private int reload;
    private Places places;

    @BeforeEach
    void places() {
        places = new Places(
                Scope.USER,
                scratch.resolve("units"),
                List.of(),
                scratch.resolve("logs"),
                scratch.resolve("state/service.json"),
                Path.of("/opt/hermes reaper/bin"));
    }

    private Programs.Answer systemctl(List<String> words) {
        asked.add(words);
        String unit = words.get(words.size() - 1);
        if (words.contains("show")) {
            String loaded = unit.startsWith("hermes-dashboard") ? "loaded" : "not-found";
            return new Programs.Answer(0, UNIT.formatted(unit, loaded, unit, kill, stop, hard, soft));
        }
        if (words.contains("list-units") || words.contains("list-unit-files")) {
            return new Programs.Answer(0, "hermes-dashboard.service enabled enabled\nfoo@.service disabled -\n");
        }
        return new Programs.Answer(reload, reload == 0 ? "" : "Failed to connect to bus");
    }

    private Services services() {
        return new Services(places, new Systemd(places, this::systemctl));
    }

    private static Dashboard only(Services services, String name) {
        return services.dashboards(List.of(name)).get(0);
    }

    private Path dropIn() {
        return places.definitions().resolve("hermes-dashboard.service.d/zz-hermes-reaper.conf");
    }

    private List<String> files() throws IOException {
        try (var all = Files.walk(scratch)) {
            return all.filter(Files::isRegularFile)
                    .map(it -> scratch.relativize(it).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsADashboardByWhatItsUnitStarts() {
        assertThat(Dashboard.isStartedBy(List.of("/opt/hermes", "dashboard"))).isTrue();
        assertThat(Dashboard.isStartedBy(
                        List.of("/usr/bin/python3", "-m", "hermes_cli.main", "--profile", "x", "serve")))
                .isTrue();
        assertThat(Dashboard.isStartedBy(List.of("/bin/bash", "-lc", "hermes", "dashboard")))
                .isTrue();
        assertThat(Dashboard.isStartedBy(List.of("/opt/hermes", "gateway", "run")))
                .isFalse();
        assertThat(Dashboard.isStartedBy(List.of("/usr/bin/dashboard", "hermes")))
                .isFalse();
        assertThat(services().dashboards()).extracting(Dashboard::name).containsExactly("hermes-dashboard.service");
    }

    @Test
    void writesADropInAndReloadsAndTakesItAwayAgain() throws IOException {
        Files.createDirectories(places.definitions());
        Services services = services();
        Dashboard dashboard = services.dashboards(List.of()).get(0);
        Change change = services.protection(dashboard).orElseThrow();
        assertThat(change.diff()).contains("+ KillMode=control-group").contains("+ TimeoutStopSec=15s");

        services.protect(dashboard, change);

        assertThat(Files.readString(dropIn()))
                .contains("KillMode=control-group\n")
                .contains("SendSIGKILL=yes\n")
                .contains("LimitNOFILE=8192:524288\n");
        assertThat(asked).contains(List.of("systemctl", "--user", "--no-pager", "daemon-reload"));
        List<Path> undone = new ArrayList<>();
        assertThat(services.unprotect(List.of(), undone)).isEmpty();
        assertThat(undone).containsExactly(dropIn());
        assertThat(files()).isEmpty();
        assertThat(dropIn().getParent()).doesNotExist();
    }

    @Test
    void lowersNothingAndKeepsAShorterStop() {
        stop = "10s";
        soft = "65536";
        hard = "infinity";

        assertThat(services()
                        .protection(only(services(), "hermes-dashboard"))
                        .orElseThrow()
                        .diff())
                .contains("LimitNOFILE=65536:infinity")
                .doesNotContain("TimeoutStopSec");
    }

    @Test
    void keepsWhatIsItsOwnWhileAnotherDropInCountsMore() {
        Services services = services();
        Dashboard dashboard = only(services, "hermes-dashboard");
        Change change = services.protection(dashboard).orElseThrow();
        stop = "15s";
        soft = "8192";

        assertThat(services.protect(dashboard, change).orElseThrow())
                .contains("`systemctl --user cat hermes-dashboard.service`", "KillMode=process");
        assertThat(services.protection(only(services, "hermes-dashboard")).orElseThrow())
                .matches(Change::isNothing);
    }

    @Test
    void leavesAProtectedOneAlone() {
        kill = "control-group";
        stop = "15s";
        soft = "8192";

        assertThat(services().protection(only(services(), "hermes-dashboard"))).isEmpty();
    }

    @Test
    void leavesADropInThatSomebodyChangedSince() throws IOException {
        Services services = services();
        Dashboard dashboard = only(services, "hermes-dashboard");
        services.protect(dashboard, services.protection(dashboard).orElseThrow());
        Files.writeString(dropIn(), "[Service]\nKillMode=mixed\n");

        assertThat(services.unprotect(List.of(), new ArrayList<>()))
                .singleElement()
                .asString()
                .contains("changed");
        assertThat(dropIn()).hasContent("[Service]\nKillMode=mixed\n");
        assertThat(services.written()).singleElement().asString().contains("(changed since)");
    }

    @Test
    void namesAUnitThatIsNotThere() {
        assertThatThrownBy(() -> only(services(), "nonsense"))
                .isInstanceOfSatisfying(
                        ServiceException.class, it -> assertThat(it.kind()).isEqualTo(ServiceException.Kind.USAGE))
                .hasMessageContaining("no unit nonsense.service in systemd --user");
        assertThatThrownBy(() -> only(services(), "../x")).hasMessageContaining("no name of a unit");
        assertThat(asked).noneMatch(it -> it.contains("daemon-reload"));
    }

    @Test
    void leavesNothingWhereItCannotReload() throws IOException {
        Services services = services();
        Dashboard dashboard = only(services, "hermes-dashboard");
        Change change = services.protection(dashboard).orElseThrow();
        reload = 1;

        assertThatThrownBy(() -> services.protect(dashboard, change)).hasMessageContaining("Failed to connect to bus");
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingWhereItCannotWrite() throws IOException {
        Files.createFile(places.definitions());
        Services services = services();
        Dashboard dashboard = only(services, "hermes-dashboard");

        assertThatThrownBy(() -> services.protect(
                        dashboard, services.protection(dashboard).orElseThrow()))
                .isInstanceOf(ServiceException.class);
        assertThat(files()).containsExactly("units");
    }

    @Test
    void rendersUnitsForWhereTheProgramsAre() {
        assertThat(services().installation(false)).singleElement().satisfies(change -> assertThat(change.diff())
                .contains("+ ExecStart=\"/opt/hermes reaper/bin/hermes-reaperd\"\n"));
        assertThat(services().installation(true)).hasSize(2);
    }

    @Test
    void startsAgainWhatRunsBecauseItsProgramsMayBeNew() {
        services().install(false);
        services().install(false);

        assertThat(asked).filteredOn(it -> it.contains("restart")).hasSize(2);
        assertThat(services().installation(false)).allMatch(Change::isNothing);
    }

    @Test
    void installsOnlyWhereNothingOfSomebodyElseIs() throws IOException {
        Files.createDirectories(places.definitions());
        Files.writeString(places.definitions().resolve("hermes-reaper.service"), "theirs");

        assertThatThrownBy(() -> services().install(false)).hasMessageContaining("is there already");
        assertThat(files()).containsExactly("units/hermes-reaper.service");
    }
}
