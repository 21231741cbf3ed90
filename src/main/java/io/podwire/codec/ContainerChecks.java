package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.INVALID_RESOURCES;
import static io.podwire.protocol.ErrorReason.SCHEMA;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;

/// What a schema cannot say of one container.
///
/// Confined to one message.
final class ContainerChecks {
    private final Findings findings;
    private final String container;

    /// @param container pointer to the object that describes it
    ContainerChecks(Findings findings, String container) {
        this.findings = findings;
        this.container = container;
    }

    void check() {
        findings.form("image", container + "/image");
        resources(container + "/resources");
        findings.unique(container + "/env", "name");
        findings.unique(container + "/ports", "name");
        new SecurityChecks(findings, container + "/securityContext").check();
        for (String probe : List.of("liveness", "readiness", "startup")) {
            namedPort(container + "/probes/" + probe + "/httpGet/port");
            namedPort(container + "/probes/" + probe + "/tcpSocket/port");
        }
    }

    /// A probe of a port that the container does not have could only fail.
    private void namedPort(String pointer) {
        JsonNode port = findings.at(pointer);
        boolean known =
                Values.list(findings.at(container), "ports", each -> Values.text(each, "name"))
                        .contains(port.asText());
        if (port.isTextual() && !known) {
            findings.flaw(SCHEMA, pointer, "names none of the container's ports");
        }
    }

    private void resources(String resources) {
        findings.form("cpu", resources + "/cpu");
        findings.form("cpu", resources + "/requests/cpu");
        for (String name : List.of("memory", "ephemeralStorage")) {
            findings.form("memory", resources + "/" + name);
            findings.form("memory", resources + "/requests/" + name);
        }
        if (findings.none()) { // what is no quantity cannot be compared
            List.of("cpu", "memory", "ephemeralStorage")
                    .forEach(name -> requestWithinLimit(resources, name));
        }
    }

    private void requestWithinLimit(String resources, String name) {
        JsonNode limit = findings.at(resources).path(name);
        String pointer = resources + "/requests/" + name;
        JsonNode request = findings.at(pointer);
        if (limit.isMissingNode() || request.isMissingNode()) {
            return;
        }
        boolean cpu = "cpu".equals(name);
        String most = cpu ? Quantities.cpu(limit) : Quantities.memory(limit);
        String asked = cpu ? Quantities.cpu(request) : Quantities.memory(request);
        if (Quantities.amount(asked).compareTo(Quantities.amount(most)) > 0) {
            findings.flaw(INVALID_RESOURCES, pointer, "must not be more than the limit");
        }
    }
}
