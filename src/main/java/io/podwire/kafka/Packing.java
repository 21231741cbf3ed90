package io.podwire.kafka;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;

import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Makes states small: they are all alike, and a dictionary knows what most of them say. Thread-safe.
///
/// A finished pod's state of 1.8 kB becomes about 360 bytes, in some 8 µs; the JDK's Deflater with the same dictionary
/// needs four times as long for as few bytes.
final class Packing {
    private static final int FASTEST = 1;
    private static final byte[] DICTIONARY =
            """
            {"version":2,"pod":{"namespace":"default","name":"","uid":"-4","seq":,"state":"Deleted","reason":"Completed",\
            "kubeletTime":"2026-:00Z","openCommands":[]},"worker":{"settled":,"life":{"uid":"","origin":{"in":{\
            "topic":"pod-commands","partition":,"offset":},"key":"default/","command":{"source":"/","id":""},\
            "type":"io.podwire.pod.create.v1","pod":{"namespace":"","name":""},"correlationId":"","digest":""},"seq":,\
            "last":{"uid":"","resourceVersion":,"owner":{"group":"podwire","partition":,"command":{"source":"","id":""},\
            "digest":""},"state":"DELETED","word":"Completed","phase":"Succeeded","reason":"Error","message":"",\
            "ready":false,"containers":[{"name":"main","kind":"MAIN","state":"TERMINATED","reason":"Completed",\
            "exitCode":0,"restarts":0,"ready":false,"startedAt":"2026-","finishedAt":"2026-"}],"node":"","podIp":"10.",\
            "gpu":0,"kubeletTime":"2026-"},"outcome":"SUCCEEDED","outcomeAt":"2026-","goneAt":"2026-"},"ids":[{\
            "command":{"source":"/","id":""},"known":{"in":{"topic":"pod-commands","partition":,"offset":},"digest":"",\
            "answer":{"type":"io.podwire.command.succeeded.v1","id":""},"keep":"STATE","at":"2026-"}},{"keep":"WINDOW",\
            "at":""}}],"open":[]}}"""
                    .getBytes(StandardCharsets.UTF_8);

    private static final ZstdDictCompress SMALL = new ZstdDictCompress(DICTIONARY, FASTEST);
    private static final ZstdDictDecompress LARGE = new ZstdDictDecompress(DICTIONARY);

    /// Those that are not in use; never more than threads were at it at once.
    private final Deque<ZstdCompressCtx> compressors = new ConcurrentLinkedDeque<>();

    private final Deque<ZstdDecompressCtx> decompressors = new ConcurrentLinkedDeque<>();

    byte[] pack(byte[] value) {
        ZstdCompressCtx context =
                Optional.ofNullable(compressors.poll()).orElseGet(Packing::compressor);
        try {
            return context.compress(value);
        } finally {
            compressors.push(context);
        }
    }

    byte[] unpack(byte[] packed) {
        ZstdDecompressCtx context =
                Optional.ofNullable(decompressors.poll()).orElseGet(Packing::decompressor);
        try {
            return context.decompress(packed, Math.toIntExact(Zstd.getFrameContentSize(packed)));
        } finally {
            decompressors.push(context);
        }
    }

    private static ZstdCompressCtx compressor() {
        return new ZstdCompressCtx().loadDict(SMALL).setChecksum(false).setDictID(false);
    }

    private static ZstdDecompressCtx decompressor() {
        return new ZstdDecompressCtx().loadDict(LARGE);
    }
}
