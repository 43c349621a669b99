package dev.hermesreaper.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code service protect} and {@code --undo} of a plist, against a launchd that only answers. */
class LaunchdProtectionTest {

    private static final String NAME = "ai.hermes.dashboard";

    @TempDir
    Path scratch;

    private Places places;
    private Services services;
    private Path plist;

    @BeforeEach
    void places() throws IOException {
        places = new Places(
                Scope.USER,
                Files.createDirectory(scratch.resolve("agents")),
                List.of(),
                scratch.resolve("logs"),
                scratch.resolve("state/service.json"),
                Path.of("/opt/hermes reaper/bin"));
        services = new Services(places, new Launchd(places, words -> new Programs.Answer(0, "501")));
        plist = places.definitions().resolve(NAME + ".plist");
    }

    private Dashboard dashboard() {
        return services.dashboards(List.of(NAME)).get(0);
    }

    @Test
    void patchesAPlistAndRestoresItByteForByte() throws IOException {
        byte[] original = ("<plist version=\"1.0\"><dict><key>Label</key><string>ai.hermes.dashboard</string>"
                        + "<key>ProgramArguments</key><array><string>/opt/hermes</string><string>dashboard</string></array>"
                        + "<!-- a comment --></dict></plist>")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(plist, original);
        Files.setPosixFilePermissions(plist, PosixFilePermissions.fromString("rw-r-----"));
        Files.writeString(places.definitions().resolve("broken.plist"), "nonsense");

        Dashboard dashboard = services.dashboards(List.of()).get(0);
        Change change = services.protection(dashboard).orElseThrow();
        assertThat(change.diff()).contains("+").contains("8192");
        Optional<String> left = services.protect(dashboard, change);

        assertThat(left.orElseThrow()).contains("launchctl bootout gui/501/ai.hermes.dashboard");
        assertThat(dashboard().isProtected()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plist)))
                .isEqualTo("rw-r-----");
        assertThat(services.unprotect(List.of(NAME), new ArrayList<>())).isEmpty();
        assertThat(plist).hasBinaryContent(original);
        assertThatThrownBy(() -> services.dashboards(List.of("broken"))).hasMessageContaining("is no property list");
    }

    @Test
    void protectsAgainWhatSomebodyWroteOverAndThenRestoresThat() throws IOException {
        String updated =
                "<plist version=\"1.0\"><dict><key>Label</key><string>ai.hermes.dashboard</string></dict></plist>";
        for (String text : List.of(updated.replace("<dict>", "<dict> "), updated)) {
            Files.writeString(plist, text);
            Dashboard dashboard = dashboard();
            services.protect(dashboard, services.protection(dashboard).orElseThrow());
        }

        assertThat(services.unprotect(List.of(), new ArrayList<>())).isEmpty();
        assertThat(plist).hasContent(updated);
    }

    @Test
    void leavesAnothersPlistToThemWhenRootPatchesAndRestoresIt() throws IOException {
        Files.writeString(plist, "<plist version=\"1.0\"><dict><key>Label</key><string>it</string></dict></plist>");
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(plist, "unix:uid")), "only root can give a file away");
        Files.setPosixFilePermissions(plist, PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(plist, "unix:uid", 12345);
        Files.setAttribute(plist, "unix:gid", 12346);
        // A link that waits where the new file is prepared, to have root write into what it leads to.
        Path ours = Files.writeString(scratch.resolve("ours"), "ours");
        Files.createLink(places.definitions().resolve(".ai.hermes.dashboard.plist.hermes-reaper"), ours);
        Map<String, Object> before = Files.readAttributes(plist, "unix:uid,gid,mode");
        Dashboard dashboard = dashboard();

        services.protect(dashboard, services.protection(dashboard).orElseThrow());
        assertThat(plist).content().contains("8192");
        assertThat(Files.readAttributes(plist, "unix:uid,gid,mode")).isEqualTo(before);
        services.unprotect(List.of(), new ArrayList<>());
        assertThat(plist).content().doesNotContain("8192");
        assertThat(Files.readAttributes(plist, "unix:uid,gid,mode")).isEqualTo(before);
        assertThat(ours).hasContent("ours");
    }
}
