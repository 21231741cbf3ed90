package org.apache.kafka.common.utils;

import java.io.Closeable;
import java.util.Iterator;

/// parallel-consumer was compiled against clients that had this type here; those of today have it elsewhere.
///
/// @param <T> of the elements
public interface CloseableIterator<T> extends Iterator<T>, Closeable {
    @Override
    void close();
}
