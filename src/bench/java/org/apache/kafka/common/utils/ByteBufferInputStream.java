package org.apache.kafka.common.utils;

import java.io.InputStream;
import java.nio.ByteBuffer;

/// As [CloseableIterator]: parallel-consumer looks for it here.
public final class ByteBufferInputStream extends InputStream {
    private final ByteBuffer buffer;

    /// Reads what is left in the buffer.
    public ByteBufferInputStream(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public int read() {
        return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            return -1;
        }
        int taken = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, taken);
        return taken;
    }
}
