package io.podwire.kafka;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes dead letters: the record as it came, and where and why it was refused.
///
/// A record can be larger than the topic of the dead letters takes, and than any producer sends. Its letter
/// must not hold up what is sent with it: it then says only where the record is. Thread-safe.
final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final String topic;
    private final String groupId;

    /// Records whose letters did not fit, until they are sent.
    private final Set<RecordRef> tooLarge = ConcurrentHashMap.newKeySet();

    DeadLetters(String topic, String groupId) {
        this.topic = topic;
        this.groupId = groupId;
    }

    ProducerRecord<byte[], byte[]> letter(Delivery original, CommandError error) {
        ProducerRecord<byte[], byte[]> letter =
                tooLarge.contains(original.ref()) ? reference(original) : copy(original);
        Headers headers = letter.headers();
        put(headers, LetterHeaders.TOPIC, original.ref().topic());
        put(headers, LetterHeaders.PARTITION, Integer.toString(original.ref().partition()));
        put(headers, LetterHeaders.OFFSET, Long.toString(original.ref().offset()));
        put(headers, LetterHeaders.GROUP, groupId);
        put(headers, LetterHeaders.MESSAGE, error.message());
        put(headers, LetterHeaders.CODE, error.code().name());
        put(headers, LetterHeaders.REASON, error.reason().published());
        error.pointer().ifPresent(at -> put(headers, LetterHeaders.POINTER, at));
        return letter;
    }

    private ProducerRecord<byte[], byte[]> copy(Delivery original) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(
                        topic, original.key().orElse(null), original.value().orElse(null));
        original.headers().forEach(h -> letter.headers().add(h.name(), h.value().orElse(null)));
        return letter;
    }

    private ProducerRecord<byte[], byte[]> reference(Delivery original) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, null);
        put(letter.headers(), LetterHeaders.OMITTED, Long.toString(original.bytes()));
        return letter;
    }

    /// The letter was too large to be sent; the next letter of its record is one that fits.
    void refused(ProducerRecord<byte[], byte[]> record) {
        RecordRef original =
                new RecordRef(
                        last(record, LetterHeaders.TOPIC),
                        Integer.parseInt(last(record, LetterHeaders.PARTITION)),
                        Long.parseLong(last(record, LetterHeaders.OFFSET)));
        if (tooLarge.add(original)) {
            LOG.atWarn()
                    .addKeyValue("record", original)
                    .log(
                            "a dead letter does not fit its topic; it will only say where its record is");
        }
    }

    /// Everything is sent.
    void sent() {
        tooLarge.clear();
    }

    private static String last(ProducerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
