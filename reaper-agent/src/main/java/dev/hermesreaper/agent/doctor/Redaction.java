package dev.hermesreaper.agent.doctor;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of a text what may be a secret. It rather takes out too much. */
final class Redaction {

    private static final String GONE = "[redacted]";

    /** What, and what stays of it. */
    private static final List<Map.Entry<Pattern, String>> RULES = List.of(
            Map.entry(Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w+/=.~-]{8,}"), "$1 " + GONE),
            // A key that names a secret, and its value: KEY=x, key: x, --key x, "key": "x".
            Map.entry(
                    Pattern.compile(
                            "(?i)([\\w.-]*(?:api[_-]?key|token|secret|passw(?:or)?d|passphrase|credential|private[_-]?key|auth)[\\w.-]*"
                                    + "\"?\\s*(?:=|:|,|\\s)\\s*)(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s,;]+)"),
                    "$1" + GONE),
            // Every variable of a unit and of a plist: which of them hold secrets is not known.
            Map.entry(Pattern.compile("(?m)^(\\s*Environment=(?:\"?'?\\w+=)?)(?:.*\\\\\n)*.*$"), "$1" + GONE),
            Map.entry(
                    Pattern.compile("(?s)(<key>EnvironmentVariables</key>\\s*<dict>).*?(</dict>)"), "$1" + GONE + "$2"),
            // The path of an address is what a webhook keeps secret.
            Map.entry(Pattern.compile("(https?://[^/\\s\"'<]+/)[^\\s\"'<]+"), "$1" + GONE),
            Map.entry(Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@"), "://" + GONE + "@"),
            Map.entry(Pattern.compile("\\b(?:sk|pk|ghp|gho|ghs|xox[abp]|glpat|hf)[-_][\\w-]{8,}"), GONE),
            Map.entry(Pattern.compile("\\bAKIA[0-9A-Z]{12,}\\b"), GONE),
            Map.entry(Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*"), GONE),
            Map.entry(
                    Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----"),
                    GONE));

    private Redaction() {}

    static String of(String text) {
        String redacted = text;
        for (Map.Entry<Pattern, String> rule : RULES) {
            redacted = rule.getKey().matcher(redacted).replaceAll(rule.getValue());
        }
        return redacted;
    }
}
