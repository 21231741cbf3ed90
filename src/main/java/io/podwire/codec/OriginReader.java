package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.Trace;

import java.util.Optional;
import java.util.regex.Pattern;

/// Reads where an answer has to go, of good commands and of broken ones as far as they can be read.
final class OriginReader {
    private static final int CORRELATION_CHARS = 256;
    private static final int TYPE_CHARS = 128;
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern TRACESTATE = Pattern.compile("[ -~]{1,512}");
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}]*");

    private final String defaultNamespace;

    OriginReader(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    Origin read(Delivery delivery, RecordHeaders headers, Parsed message) {
        ObjectNode root = message.root();
        return new Origin(
                delivery.ref(),
                delivery.keyText(),
                command(root),
                type(root),
                pod(root),
                text(root, "correlationid", CORRELATION_CHARS),
                trace(headers, root),
                message.error().isPresent() ? Optional.empty() : digest(root));
    }

    static Optional<String> type(ObjectNode root) {
        return text(root, "type", TYPE_CHARS);
    }

    static Optional<CommandRef> command(ObjectNode root) {
        return string(root.path("source"))
                .filter(Names::isSource)
                .flatMap(
                        source ->
                                string(root.path("id"))
                                        .filter(Names::isId)
                                        .map(id -> new CommandRef(source, id)));
    }

    /// The pod that the message is about, where it names one that can exist.
    Optional<PodRef> pod(ObjectNode root) {
        JsonNode data = root.path("data");
        JsonNode target = data.path("pod").isObject() ? data.path("pod") : data;
        JsonNode namespace = target.path("namespace");
        Optional<String> resolved =
                namespace.isMissingNode() ? Optional.of(defaultNamespace) : string(namespace);
        return resolved.filter(Names::isLabel)
                .flatMap(
                        known ->
                                string(target.path("name"))
                                        .filter(Names::isLabel)
                                        .map(name -> new PodRef(known, name)));
    }

    private static Optional<Trace> trace(RecordHeaders headers, ObjectNode root) {
        Optional<Trace> ofHeaders =
                trace(headers.first("traceparent"), headers.first("tracestate"));
        return ofHeaders.or(
                () -> trace(string(root.path("traceparent")), string(root.path("tracestate"))));
    }

    /// A context that breaks W3C's form is no reason to refuse a command: it is left out.
    private static Optional<Trace> trace(Optional<String> parent, Optional<String> state) {
        return parent.filter(text -> TRACEPARENT.matcher(text).matches())
                .map(text -> new Trace(text, state.filter(s -> TRACESTATE.matcher(s).matches())));
    }

    private static Optional<String> digest(ObjectNode root) {
        JsonNode data = root.path("data");
        return data.isMissingNode()
                ? Optional.empty()
                : string(root.path("type")).map(type -> CanonicalJson.digest(type, data));
    }

    private static Optional<String> text(ObjectNode root, String name, int maxChars) {
        return string(root.path(name))
                .filter(text -> !text.isEmpty() && text.length() <= maxChars)
                .filter(text -> ONE_LINE.matcher(text).matches());
    }

    private static Optional<String> string(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
