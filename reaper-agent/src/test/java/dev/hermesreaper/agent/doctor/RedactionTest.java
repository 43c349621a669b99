package dev.hermesreaper.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY=hunter2hunter2",
                "Environment=ANYTHING=hunter2hunter2",
                "Environment=\"ANYTHING=hunter2hunter2 and more\"",
                "Environment=ONE=1 \\\n  ANYTHING=hunter2hunter2",
                "Environment=\\\n  ANYTHING=hunter2hunter2",
                "<key>EnvironmentVariables</key>\n<dict>\n<key>ANY</key><string>hunter2hunter2</string></dict>",
                "command = [\"/usr/local/bin/tell\", \"--token\", \"hunter2hunter2\"]",
                "command = \"curl -d @- https://hooks.example.org/services/T0/hunter2hunter2\"",
                "ExecStart=/opt/hermes dashboard --token hunter2hunter2",
                "ExecStart=/opt/hermes dashboard --auth-token=hunter2hunter2 --port 1",
                "password: \"hunter2hunter2\"",
                "{\"client_secret\": \"hunter2hunter2\"}",
                "Authorization: Bearer hunter2hunter2",
                "https://user:hunter2hunter2@example.org/x",
                "sk-hunter2hunter2",
                "ghp_hunter2hunter2",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2hunter2\n-----END OPENSSH PRIVATE KEY-----"
            })
    void takesOutWhatMayBeASecret(String text) {
        assertThat(Redaction.of(text)).doesNotContain("hunter2hunter2").contains("[redacted]");
    }

    @Test
    void keepsWhatExplains() {
        String text =
                "{\"pid\":4711,\"sessionKey\":\"20260505_104123_c8063a\",\"verdict\":\"reap\"}\nKillMode=process\nMemTotal: 8 kB";

        assertThat(Redaction.of(text)).isEqualTo(text);
    }
}
