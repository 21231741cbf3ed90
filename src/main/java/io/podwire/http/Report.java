package io.podwire.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The answer of a probe: what each check found.
record Report(List<Finding> findings) {
    record Finding(String name, Health health) {
        String json() {
            return "{\"name\":%s,\"status\":\"%s\",\"detail\":%s}"
                    .formatted(quoted(name), word(health), quoted(health.detail()));
        }
    }

    Report {
        findings = List.copyOf(findings);
    }

    static Report of(List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            findings.add(new Finding(check.name(), check.ask()));
        }
        return new Report(findings);
    }

    int status() {
        return good() ? 200 : 503;
    }

    private boolean good() {
        return findings.stream().allMatch(finding -> finding.health() instanceof Health.Good);
    }

    /// One line a check, so that a terminal shows it readably too.
    String json() {
        String checks =
                findings.stream().map(Finding::json).collect(Collectors.joining(",\n  ", "", ""));
        return "{\"status\":\"%s\",\"checks\":[\n  %s]}\n"
                .formatted(good() ? "good" : "bad", checks);
    }

    private static String word(Health health) {
        return switch (health) {
            case Health.Good _ -> "good";
            case Health.Bad _ -> "bad";
        };
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
