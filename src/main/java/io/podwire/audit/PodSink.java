package io.podwire.audit;

import io.podwire.protocol.Delivery;

/// Takes in what the topics hold of pods, each partition in its order.
public interface PodSink {
    void command(Delivery record);

    void event(Delivery record);
}
