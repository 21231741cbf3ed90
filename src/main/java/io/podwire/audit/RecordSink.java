package io.podwire.audit;

import io.podwire.protocol.Delivery;

import java.util.OptionalInt;

/// Takes the records of the topics in, each partition in its order.
///
/// How the partitions and topics interleave changes nothing of what comes out. Memory is small where states come
/// first, then events in the order of their time, and commands only when they are lacking.
public interface RecordSink extends PodSink {
    void state(Delivery record);

    /// No more commands of that partition come.
    void commandsEnded(int partition);

    /// A partition of which a command must be known before the events taken in can be judged.
    OptionalInt lacking();

    /// What came after the range: taken as proof only of what the range's last records left open.
    void laterEvent(Delivery record);

    void laterState(Delivery record);
}
