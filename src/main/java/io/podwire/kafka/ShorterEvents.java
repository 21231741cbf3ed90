package io.podwire.kafka;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Event;
import io.podwire.protocol.Event.CommandAccepted;
import io.podwire.protocol.Event.CommandDuplicate;
import io.podwire.protocol.Event.CommandFailed;
import io.podwire.protocol.Event.CommandRejected;
import io.podwire.protocol.Event.CommandSucceeded;
import io.podwire.protocol.Event.LogChunkRead;
import io.podwire.protocol.Event.LogGapFound;
import io.podwire.protocol.Event.PodTransition;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.PodStatus;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Leaves out of events what their topic does not take, and lets them say so.
///
/// An event that does not fit must not hold up its transaction, and all that comes after, for ever. Each refusal of
/// the same event makes it shorter. Thread-safe.
final class ShorterEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ShorterEvents.class);
    private static final String LEFT_OUT = "left out: the event would not fit its topic";

    /// By the times an event was refused; nothing beyond.
    private static final List<Integer> LOG_BYTES = List.of(128 << 10, 16 << 10, 1 << 10);

    private static final List<Integer> MESSAGE_CHARS = List.of(1_000, 100);

    /// How often an event was refused, by its id, until all is sent.
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

    Event fitting(Event event) {
        int times = refusals.getOrDefault(event.head().id(), 0);
        return times == 0 ? event : shorter(event, times);
    }

    /// The event was too large to be sent; the next one in its place is shorter.
    void refused(ProducerRecord<byte[], byte[]> record) {
        byte[] header = record.headers().lastHeader("ce_id").value();
        String id = new String(header, StandardCharsets.UTF_8);
        int times = refusals.merge(id, 1, Integer::sum);
        LOG.atWarn()
                .addKeyValue("event", id)
                .addKeyValue("bytes", record.value().length)
                .addKeyValue("times", times)
                .log("an event does not fit its topic; a shorter one is sent in its place");
    }

    /// Everything is sent.
    void sent() {
        refusals.clear();
    }

    private static Event shorter(Event event, int times) {
        return switch (event) {
            case CommandAccepted(var head, var status) ->
                    new CommandAccepted(head, shorter(status, times));
            case CommandSucceeded succeeded -> shorter(succeeded, times);
            case CommandFailed(var head, var error, var status) ->
                    new CommandFailed(
                            head, shorter(error, times), status.map(pod -> shorter(pod, times)));
            case CommandRejected(var head, var error) ->
                    new CommandRejected(head, shorter(error, times));
            case PodTransition(
                            var head,
                            var seq,
                            var from,
                            var status,
                            var provenance,
                            var anomaly) ->
                    new PodTransition(head, seq, from, shorter(status, times), provenance, anomaly);
            case LogChunkRead(var head, var uid, var number, var chunk, var last) ->
                    new LogChunkRead(head, uid, number, shorter(chunk, times), last);
            // Nothing of them can be left out, nor are they ever large.
            case CommandDuplicate duplicate -> duplicate;
            case LogGapFound gap -> gap;
        };
    }

    private static CommandSucceeded shorter(CommandSucceeded whole, int times) {
        return new CommandSucceeded(
                whole.head(),
                whole.outcome(),
                whole.status().map(pod -> shorter(pod, times)),
                Optional.empty(),
                whole.counts(),
                whole.ended(),
                whole.warning()
                        .or(() -> whole.manifest().map(_ -> "the manifest is " + LEFT_OUT))
                        .or(() -> Optional.of("the pod's status is " + LEFT_OUT)));
    }

    private static CommandError shorter(CommandError whole, int times) {
        return new CommandError(
                whole.reason(),
                shorter(whole.message(), limit(MESSAGE_CHARS, times)),
                whole.attempts(),
                whole.http(),
                List.of(),
                whole.pointer());
    }

    private static String shorter(String message, int most) {
        if (message.length() <= most) {
            return message;
        }
        boolean inCharacter = most > 0 && Character.isHighSurrogate(message.charAt(most - 1));
        return message.substring(0, inCharacter ? most - 1 : most)
                + " … (the rest is "
                + LEFT_OUT
                + ")";
    }

    private static PodStatus shorter(PodStatus whole, int times) {
        return new PodStatus(
                whole.uid(),
                whole.resourceVersion(),
                whole.owner(),
                whole.state(),
                whole.word(),
                whole.phase(),
                whole.reason(),
                whole.message().map(_ -> LEFT_OUT),
                whole.ready(),
                times == 1 ? whole.containers() : List.of(),
                whole.node(),
                whole.podIp(),
                whole.gpu(),
                whole.kubeletTime());
    }

    private static LogChunk shorter(LogChunk whole, int times) {
        return whole.cutTo(limit(LOG_BYTES, times));
    }

    private static int limit(List<Integer> limits, int times) {
        return times <= limits.size() ? limits.get(times - 1) : 0;
    }
}
