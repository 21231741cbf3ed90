package io.podwire.kafka;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Which letters of a partition have been redriven: all before an offset, and some behind it.
///
/// Fits a committed offset and its metadata, so that brokers keep it and change it in a transaction. Confined to one
/// thread.
final class RedrivenLetters {
    /// Brokers take 4,096 unless told otherwise.
    static final int MOST_CHARS = 4_000;

    private long before;
    private final BitSet behind;

    private RedrivenLetters(long before, BitSet behind) {
        this.before = before;
        this.behind = behind;
    }

    /// @param first before it there are no letters
    static RedrivenLetters none(long first) {
        return new RedrivenLetters(first, new BitSet());
    }

    static RedrivenLetters of(OffsetAndMetadata committed) {
        byte[] packed = Base64.getDecoder().decode(committed.metadata());
        try (var unpacking = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] bits = packed.length == 0 ? packed : unpacking.readAllBytes();
            return new RedrivenLetters(committed.offset(), BitSet.valueOf(bits));
        } catch (IOException e) {
            throw new UncheckedIOException("the redrive's group holds what is not ours", e);
        }
    }

    boolean contains(long offset) {
        return offset < before || behind.get(index(offset));
    }

    void add(long offset) {
        addAll(offset, offset + 1);
    }

    /// From that offset on up to another; also where there are no letters.
    void addAll(long from, long to) {
        if (to <= before) {
            return;
        }
        behind.set(index(Math.max(from, before)), index(to));
        int first = behind.nextClearBit(0);
        if (first > 0) {
            BitSet rest = behind.get(first, Math.max(first, behind.length()));
            behind.clear();
            behind.or(rest);
            before += first;
        }
    }

    private int index(long offset) {
        return Math.toIntExact(offset - before);
    }

    /// Empty where it is too much to be kept.
    Optional<OffsetAndMetadata> committable() {
        if (behind.isEmpty()) {
            return Optional.of(new OffsetAndMetadata(before));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var packing = new DeflaterOutputStream(packed)) {
            packing.write(behind.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no I/O", e);
        }
        String text = Base64.getEncoder().encodeToString(packed.toByteArray());
        return Optional.of(text)
                .filter(it -> it.length() <= MOST_CHARS)
                .map(it -> new OffsetAndMetadata(before, it));
    }

    RedrivenLetters copy() {
        return new RedrivenLetters(before, (BitSet) behind.clone());
    }
}
