package io.podwire.logs;

import java.util.Arrays;
import java.util.Optional;

/// A last line without a newline; it may be all of it or not, until the run is proven over.
record Tail(Optional<Piece.Line> line) {
    static final Tail NONE = new Tail(Optional.empty());

    boolean sameAs(Tail other) {
        return line.map(Piece.Line::bytes)
                .map(mine -> Arrays.equals(mine, other.line.map(Piece.Line::bytes).orElse(null)))
                .orElse(other.line.isEmpty());
    }
}
