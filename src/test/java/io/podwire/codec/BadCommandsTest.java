package io.podwire.codec;

import static io.podwire.codec.Bad.bad;
import static io.podwire.codec.Records.command;
import static io.podwire.codec.Records.createOf;
import static io.podwire.protocol.ErrorReason.*;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/// Commands whose data cannot be meant as it stands.
class BadCommandsTest {
    private static final String LOGS = "io.podwire.pod.logs.v1";
    private static final String GET = "io.podwire.pod.get.v1";

    @ParameterizedTest
    @MethodSource({"names", "resources", "commands"})
    void badInputIsRefusedWithItsReasonAndPlace(Bad bad) {
        // When
        CommandError error = Records.refused(bad.delivery());

        // Then
        bad.assertTold(error);
    }

    static Stream<Bad> names() {
        return Stream.of(
                name("name", "''"),
                name("name", "'a..b'"),
                name("name", "'" + "a".repeat(64) + "'"),
                name("name", "'" + "a".repeat(254) + "'"),
                name("name", "'-a'"),
                name("name", "'a-'"),
                name("name", "'..'"),
                name("name", "'a\\n'"),
                name("name", "'\uD83D\uDE00'"),
                name("name", "'../etc'"),
                name("namespace", "''"),
                name("namespace", "'*'"),
                name("namespace", "'a/b'"),
                name("namespace", "'Jobs'"),
                name("namespace", "'kube-system '"),
                name("serviceAccount", "'A'"),
                name("priorityClass", "'a_b'"),
                name("runtimeClass", "''"),
                bad(
                        "selector injection",
                        command(GET, "{'name':'a=b,c!=d)('}"),
                        NAME,
                        "/data/name"));
    }

    static Stream<Bad> resources() {
        return Stream.of(
                pod("resources", "", INVALID_RESOURCES, "/resources"),
                resources("{'memory':'64Mi'}", "/cpu"),
                resources("{'cpu':1}", "/memory"),
                cpu("-1"),
                cpu("'-1'"),
                cpu("'1e30'"),
                cpu("'NaN'"),
                cpu("'0.0001m'"),
                cpu("0.0001"),
                cpu("0"),
                cpu("'0'"),
                cpu("''"),
                cpu("'1K'"),
                cpu("'1 '"),
                cpu("'1\\n'"),
                cpu("'٣'"),
                cpu("2000000"),
                cpu("'2M'"),
                cpu("1e300"),
                memory("'64'"),
                memory("'400m'"),
                memory("'-64Mi'"),
                memory("'9Ei'"),
                memory("'1g'"),
                memory("'1K'"),
                memory("'1Mib'"),
                memory("'1 Gi'"),
                memory("'0Mi'"),
                memory("0"),
                memory("-5"),
                memory("'0.1k0'"),
                memory("'1e30'"),
                memory("99999999999999"),
                resources("{'cpu':1,'memory':'64Mi','gpu':-1}", "/gpu"),
                resources("{'cpu':1,'memory':'64Mi','gpuResource':'nvidia.com/gpu'}", ""),
                resources("{'cpu':1,'memory':'64Mi','gpu':1,'gpuResource':'gpu'}", "/gpuResource"),
                resources("{'cpu':1,'memory':'64Mi','requests':{'cpu':2}}", "/requests/cpu"),
                resources("{'cpu':1,'memory':64,'requests':{'memory':'65Mi'}}", "/requests/memory"),
                pod("resources", "{'cpu':{},'memory':'64Mi'}", SCHEMA, "/resources/cpu"),
                pod("resources", "{'cpu':1,'memory':1.5}", SCHEMA, "/resources/memory"),
                pod(
                        "resources",
                        "{'cpu':1,'memory':'64Mi','gpu':5000}",
                        LIMIT_EXCEEDED,
                        "/resources/gpu"),
                pod(
                        "resources",
                        "{'cpu':1,'memory':'64Mi','gpus':1}",
                        UNKNOWN_FIELD,
                        "/resources/gpus"));
    }

    static Stream<Bad> commands() {
        return Stream.of(
                bad(
                        "since -1",
                        command(LOGS, "{'name':'a','sinceSeconds':-1}"),
                        SCHEMA,
                        "/data/sinceSeconds"),
                bad(
                        "tail 10^12",
                        command(LOGS, "{'name':'a','tailLines':1000000000000}"),
                        LIMIT_EXCEEDED,
                        "/data/tailLines"),
                bad(
                        "two sinces",
                        command(
                                LOGS,
                                "{'name':'a','sinceSeconds':1,'sinceTime':'2026-01-01T00:00:00Z'}"),
                        SCHEMA,
                        "/data/sinceSeconds"),
                bad(
                        "one and all",
                        command(LOGS, "{'name':'a','container':'b','allContainers':true}"),
                        SCHEMA,
                        "/data/allContainers"),
                bad(
                        "no limit",
                        command(LOGS, "{'name':'a','limitBytes':0}"),
                        SCHEMA,
                        "/data/limitBytes"),
                bad(
                        "selector",
                        command(LOGS, "{'name':'a','labelSelector':'b'}"),
                        UNKNOWN_FIELD,
                        "/data/labelSelector"),
                bad(
                        "field selector",
                        command(GET, "{'name':'a','fieldSelector':'spec.nodeName=x'}"),
                        UNKNOWN_FIELD,
                        "/data/fieldSelector"),
                bad("view", command(GET, "{'name':'a','view':'yaml'}"), SCHEMA, "/data/view"),
                bad(
                        "await",
                        command(GET, "{'name':'a','await':{'state':'Gone'}}"),
                        SCHEMA,
                        "/data/await/state"),
                bad(
                        "await for nothing",
                        command(GET, "{'name':'a','await':{'state':'Ready','timeout':'0s'}}"),
                        SCHEMA,
                        "/data/await/timeout"),
                bad("no name", command("io.podwire.pod.delete.v1", "{}"), SCHEMA, "/data/name"),
                bad(
                        "grace",
                        command("io.podwire.pod.delete.v1", "{'name':'a','gracePeriodSeconds':-1}"),
                        SCHEMA,
                        "/data/gracePeriodSeconds"),
                bad(
                        "cancel nothing",
                        command("io.podwire.command.cancel.v1", "{'name':'a'}"),
                        SCHEMA,
                        "/data/command"),
                bad(
                        "cancel bad id",
                        command(
                                "io.podwire.command.cancel.v1",
                                "{'name':'a','command':{'source':'s','id':''}}"),
                        ID_INVALID,
                        "/data/command/id"));
    }

    private static Bad cpu(String value) {
        return resources("{'cpu':" + value + ",'memory':'64Mi'}", "/cpu");
    }

    private static Bad memory(String value) {
        return resources("{'cpu':1,'memory':" + value + "}", "/memory");
    }

    private static Bad resources(String value, String pointer) {
        return pod("resources", value, INVALID_RESOURCES, "/resources" + pointer);
    }

    private static Bad name(String field, String value) {
        return pod(field, value, NAME, "/" + field);
    }

    private static Bad pod(String field, String value, ErrorReason reason, String pointer) {
        String what = field + "=" + value.substring(0, Math.min(60, value.length()));
        return bad(what, createOf(field, value), reason, "/data/pod" + pointer);
    }
}
