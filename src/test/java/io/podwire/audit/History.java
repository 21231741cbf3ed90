package io.podwire.audit;

import io.podwire.audit.AuditRange.Beginning;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Delivery.Header;
import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The topics of one partition, written by hand, and what an audit says of them. Each record is a second later.
final class History {
    static final String POD = "default/hello";
    static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
    static final Duration WINDOW = Duration.ofHours(24);

    final List<Delivery> commands = new ArrayList<>();
    final List<Delivery> events = new ArrayList<>();
    final List<Delivery> states = new ArrayList<>();
    final List<Delivery> laterEvents = new ArrayList<>();
    final List<Delivery> laterStates = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();

    private final Map<RecordRef, String> ids = new HashMap<>();
    private List<Delivery> told = events;
    private boolean ended;
    private Instant now = START;
    private long from;
    private OptionalLong settled = OptionalLong.empty();
    private Beginning beginning = Beginning.FIRST;
    private Instant wholeFrom = Instant.MIN;
    private long nextEvent;
    private int transactions;
    private List<String> transaction = List.of();

    /// Only commands from that offset on are judged, and older events are not there.
    History cutAt(long offset, Instant whole) {
        from = offset;
        beginning = Beginning.CUT;
        wholeFrom = whole;
        return this;
    }

    /// The group says that all before that offset is settled.
    History settledTo(long offset) {
        settled = OptionalLong.of(offset);
        return this;
    }

    /// What is told from now on comes after the range.
    History ends() {
        told = laterEvents;
        ended = true;
        return this;
    }

    History passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    Instant now() {
        return now;
    }

    RecordRef sent(String type, String id) {
        return sent(type, id, "");
    }

    /// @param more attributes, each after a comma
    RecordRef sent(String type, String id, String more) {
        RecordRef in = new RecordRef("commands", 0, commands.size());
        String data =
                type.equals("pod.create")
                        ? "{\"pod\":{\"name\":\"hello\"}}"
                        : "{\"name\":\"hello\"}";
        String value =
                "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/t\",\"type\":\"io.podwire.%s.v1\",\"data\":%s%s}"
                        .formatted(id, type, data, more);
        commands.add(record(in, value, List.of()));
        ids.put(in, id);
        return in;
    }

    RecordRef answered(RecordRef in, String outcome) {
        return told(in, "command.succeeded", "\"outcome\":\"%s\"".formatted(outcome));
    }

    RecordRef streamed(RecordRef in, long chunks, long gaps) {
        return told(
                in,
                "command.succeeded",
                "\"outcome\":\"streamed\",\"counts\":{\"chunks\":%d,\"gaps\":%d}"
                        .formatted(chunks, gaps));
    }

    RecordRef rejected(RecordRef in, String code) {
        return told(
                in,
                "command.rejected",
                "\"error\":{\"code\":\"%s\",\"reason\":\"R\",\"message\":\"m\"}".formatted(code));
    }

    RecordRef duplicate(RecordRef in, long first) {
        return told(
                in,
                "command.duplicate",
                "\"first\":{\"in\":%s,\"answer\":\"open\"}"
                        .formatted(json(new RecordRef("commands", 0, first))));
    }

    RecordRef accepted(RecordRef in) {
        return told(in, "command.accepted", "\"status\":{}");
    }

    RecordRef transition(RecordRef in, String uid, long seq, String from, String to) {
        return transition(in, uid, seq, from, to, "\"provenance\":\"observed\"");
    }

    /// @param from empty for the first
    RecordRef transition(
            RecordRef in, String uid, long seq, String from, String to, String provenance) {
        return told(
                in,
                "pod.transition",
                "\"pod\":{\"namespace\":\"default\",\"name\":\"hello\",\"uid\":\"%s\"},\"seq\":%d,%s\"to\":\"%s\",%s"
                        .formatted(
                                uid,
                                seq,
                                from.isEmpty() ? "" : "\"from\":\"%s\",".formatted(from),
                                to,
                                provenance));
    }

    RecordRef chunk(RecordRef in, String container, long number, boolean last) {
        return told(
                in,
                "log.chunk",
                "\"container\":\"%s\",\"restart\":0,\"chunk\":%d,\"text\":\"x\\n\",\"last\":%s"
                        .formatted(container, number, last));
    }

    RecordRef gap(RecordRef in) {
        return told(in, "log.gap", "\"container\":\"main\",\"restart\":0,\"reason\":\"rotated\"");
    }

    /// @param data fields beside `in`
    RecordRef told(RecordRef in, String type, String data) {
        return toldFrom(in, ids.getOrDefault(in, "none"), type, data);
    }

    RecordRef toldFrom(RecordRef in, String cause, String type, String data) {
        RecordRef at = new RecordRef("events", 0, nextEvent++);
        String value =
                "{\"id\":\"e-%d\",\"source\":\"/podwire/g\",\"type\":\"io.podwire.%s.v1\",\"subject\":\"%s\",\"time\":\"%s\",\"causationid\":\"%s\",\"causationsource\":\"/t\",\"data\":{\"in\":%s,%s}}"
                        .formatted(at.offset(), type, POD, now, cause, json(in), data);
        List<String> manifest =
                transaction.isEmpty() ? List.of("w/" + ++transactions, "0", "1") : transaction;
        told.add(record(at, value, headers(manifest)));
        return at;
    }

    /// What is told next stands at that place of that transaction.
    History in(String name, int index, int size) {
        transaction = List.of(name, String.valueOf(index), String.valueOf(size));
        return this;
    }

    private static List<Header> headers(List<String> manifest) {
        return List.of(
                header("podwire-transaction", manifest.get(0)),
                header("podwire-index", manifest.get(1)),
                header("podwire-size", manifest.get(2)));
    }

    private static Header header(String name, String value) {
        return new Header(name, Optional.of(bytes(value)));
    }

    /// @param open ids of commands
    History state(String uid, long seq, String to, long settledOffset, String... open) {
        List<Delivery> topic = ended ? laterStates : states;
        String life =
                uid.isEmpty()
                        ? ""
                        : ",\"uid\":\"%s\",\"seq\":%d,\"state\":\"%s\"".formatted(uid, seq, to);
        String openCommands =
                Stream.of(open)
                        .map("{\"source\":\"/t\",\"id\":\"%s\"}"::formatted)
                        .collect(Collectors.joining(","));
        String value =
                "{\"version\":1,\"pod\":{\"namespace\":\"default\",\"name\":\"hello\"%s,\"openCommands\":[%s]},\"worker\":{\"settled\":%d}}"
                        .formatted(life, openCommands, settledOffset);
        topic.add(record(new RecordRef("states", 0, states.size()), value, List.of()));
        return this;
    }

    /// A record under a key of the worker's own.
    void ownState(String key, String value) {
        Delivery made = record(new RecordRef("states", 0, states.size()), value, List.of());
        states.add(
                new Delivery(
                        made.ref(),
                        Optional.of(key.getBytes(StandardCharsets.UTF_8)),
                        made.value(),
                        made.headers(),
                        made.timestamp()));
    }

    void unreadable(List<Delivery> topic, String name) {
        topic.add(record(new RecordRef(name, 0, topic.size()), "no JSON", List.of()));
    }

    private Delivery record(RecordRef at, String value, List<Header> headers) {
        now = now.plusSeconds(1);
        return new Delivery(at, Optional.of(bytes(POD)), Optional.of(bytes(value)), headers, now);
    }

    private static String json(RecordRef in) {
        return "{\"topic\":\"%s\",\"partition\":%d,\"offset\":%d}"
                .formatted(in.topic(), in.partition(), in.offset());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Commands as the events ask for them.
    AuditSummary judge() {
        Audit audit = audit();
        states.forEach(audit::state);
        long next = from;
        for (Delivery event : events) {
            audit.event(event);
            while (audit.lacking().isPresent()) {
                if (next < commands.size()) {
                    audit.command(commands.get((int) next++));
                } else {
                    audit.commandsEnded(0);
                }
            }
        }
        commands.subList((int) next, commands.size()).forEach(audit::command);
        return end(audit);
    }

    /// All commands first, and the states last.
    AuditSummary judgeCommandsFirst() {
        Audit audit = audit();
        commands.subList((int) from, commands.size()).forEach(audit::command);
        events.forEach(audit::event);
        states.forEach(audit::state);
        return end(audit);
    }

    private AuditSummary end(Audit audit) {
        audit.commandsEnded(0);
        audit.close();
        laterEvents.forEach(audit::laterEvent);
        laterStates.forEach(audit::laterState);
        return audit.finish();
    }

    private Audit audit() {
        long end = commands.isEmpty() ? from : commands.getLast().ref().offset() + 1;
        var part = new AuditRange.Part(from, end, end, settled, beginning);
        findings.clear();
        return new Audit(
                new AuditRange("commands", Map.of(0, part), wholeFrom),
                "default",
                WINDOW,
                findings::add);
    }

    /// What was found, in order.
    List<FindingKind> found() {
        var _ = judge();
        return findings.stream().map(Finding::kind).toList();
    }
}
