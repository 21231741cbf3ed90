package io.podwire.codec;

import io.podwire.protocol.CommandRef;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a value of the state topic tells the public of a pod, and how far its commands are settled.
///
/// @param uid empty where no pod of ours is known under the key
/// @param seq of the newest transition; 0 where there was none
/// @param state what the newest transition said
/// @param open the commands that are not answered yet
/// @param settled offset of the newest settled command; empty where this version cannot read it
public record ReadState(
        Optional<String> uid,
        long seq,
        Optional<String> state,
        Set<CommandRef> open,
        OptionalLong settled) {
    public ReadState {
        open = Set.copyOf(open);
    }
}
