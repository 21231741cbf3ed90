package io.podwire.faults;

import io.podwire.protocol.ErrorReason;

import org.apache.kafka.common.header.Header;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes hostile records down, in short. JSON has single quotes for the sake of the reader.
///
/// Confined to one test.
final class HostileList {
    private final HostileSeat seat;
    private final List<HostileInput> all = new ArrayList<>();

    HostileList(HostileSeat seat) {
        this.seat = seat;
    }

    HostileSeat seat() {
        return seat;
    }

    List<HostileInput> all() {
        return List.copyOf(all);
    }

    /// Any bytes.
    void record(int kind, String what, Optional<byte[]> value, String answer, Header... headers) {
        Optional<byte[]> key = Optional.of(bytes(seat.key("hostile")));
        all.add(new HostileInput(kind, what, key, value, List.of(headers), answer));
    }

    void bytes(int kind, String what, byte[] value, ErrorReason reason) {
        record(kind, what, Optional.of(value), HostileInput.answer(reason));
    }

    void text(int kind, String what, String json, ErrorReason reason) {
        bytes(kind, what, bytes(quoted(json)), reason);
    }

    /// A record with another key than it should have.
    void keyed(int kind, String what, Optional<byte[]> key, String json) {
        Optional<byte[]> value = Optional.of(bytes(quoted(json)));
        all.add(new HostileInput(kind, what, key, value, List.of(), HostileInput.SUCCEEDED));
    }

    /// A read of the good pod with this attribute beside or instead of the usual ones.
    void attribute(int kind, String name, String value, ErrorReason reason) {
        attribute(kind, name, value, HostileInput.answer(reason));
    }

    void attribute(int kind, String name, String value, String answer) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("specversion", "'1.0'");
        fields.put("id", "'" + id() + "'");
        fields.put("source", "'/it'");
        fields.put("type", "'io.podwire.pod.get.v1'");
        fields.put("data", "{'name':'" + seat.goodPod() + "'}");
        put(fields, name, value);
        String json = object(fields);
        record(kind, shown(name + "=" + value), Optional.of(bytes(quoted(json))), answer);
    }

    /// A command of this type.
    void command(int kind, String type, String data, ErrorReason reason) {
        command(kind, type, data, HostileInput.answer(reason));
    }

    void command(int kind, String type, String data, String answer) {
        String json = WorkerBench.envelope(id(), type, data);
        record(kind, shown(type + " " + data), Optional.of(bytes(quoted(json))), answer);
    }

    /// A create with this field of the pod beside or instead of the usual ones; without a value, without it.
    void pod(int kind, String field, String value, ErrorReason reason) {
        pod(kind, field, value, HostileInput.answer(reason));
    }

    /// As [#pod(int, String, String, ErrorReason)], which the contract allows.
    void allowed(int kind, String field, String value) {
        pod(kind, field, value, HostileInput.SUCCEEDED);
    }

    private void pod(int kind, String field, String value, String answer) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", "'" + id() + "'");
        fields.put("image", "'busybox:1.36'");
        fields.put("resources", "{'cpu':'1m','memory':'1Mi'}");
        fields.put("nodeSelector", "{'podwire/it':'none'}");
        put(fields, field, value);
        String json = WorkerBench.envelope(id(), "pod.create", "{'pod':" + object(fields) + "}");
        record(kind, shown(field + "=" + value), Optional.of(bytes(quoted(json))), answer);
    }

    /// New each time: of a command, or the name of a pod.
    String id() {
        return Conversation.name("h-" + seat.round());
    }

    private static void put(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        fields.values().removeIf(String::isEmpty);
    }

    private static String object(Map<String, String> fields) {
        List<String> each =
                fields.entrySet().stream()
                        .map(e -> "'" + e.getKey() + "':" + e.getValue())
                        .toList();
        return "{" + String.join(",", each) + "}";
    }

    static String quoted(String json) {
        return json.replace('\'', '"');
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(60, text.length()));
    }
}
