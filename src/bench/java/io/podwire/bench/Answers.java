package io.podwire.bench;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.List;

/// Writes what a [KeyLoop] answers, and tells the brokers up to where all is answered.
interface Answers extends AutoCloseable {
    /// From any thread.
    ///
    /// @param answers to one command
    /// @param entry told that they are
    void give(List<ProducerRecord<byte[], byte[]>> answers, AnsweredOffsets.Entry entry);

    /// Called after each poll, on the polling thread.
    void polled(Consumer<byte[], byte[]> consumer);

    @Override
    void close();
}
