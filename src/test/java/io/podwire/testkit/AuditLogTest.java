package io.podwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class AuditLogTest {
    private static final String CREATED = "{\"code\":201}";
    private static final String CUT =
            "{\"status\":\"Failure\",\"message\":\"context canceled\",\"reason\":\"Timeout\",\"code\":504}";
    private static final String THERE =
            "{\"status\":\"Failure\",\"reason\":\"AlreadyExists\",\"code\":409}";

    @TempDir private Path dir;

    @Test
    void createThatWasCutOffCountsWhereItsPodIsFoundLater() throws IOException {
        // Given
        AuditLog log = log(create("a", CUT), create("a", THERE), create("a", THERE));

        // When
        long creations = log.creations("ours");

        // Then
        assertThat(creations).isEqualTo(1);
    }

    @Test
    void createThatWasCutOffBeforeItsPodWasMadeDoesNotCount() throws IOException {
        // Given
        AuditLog log = log(create("a", CUT), create("a", CREATED), create("a", THERE));

        // When
        long creations = log.creations("ours");

        // Then
        assertThat(creations).isEqualTo(1);
    }

    @Test
    void eachCreateThatIsToldCounts() throws IOException {
        // Given
        AuditLog log =
                log(
                        create("a", CREATED),
                        create("b", CREATED),
                        create("a", CREATED),
                        create("c", CUT));

        // When
        long creations = log.creations("ours");

        // Then
        assertThat(creations).isEqualTo(3);
    }

    private AuditLog log(String... lines) throws IOException {
        return new AuditLog(Files.write(dir.resolve("audit.jsonl"), List.of(lines)));
    }

    private static String create(String pod, String answer) {
        return """
        {"verb":"create","requestURI":"/api/v1/namespaces/ours/pods","objectRef":{"resource":"pods","namespace":"ours",\
        "name":"%s"},"responseStatus":%s}"""
                .formatted(pod, answer);
    }
}
