package io.podwire.testkit;

import io.podwire.sandbox.EmbeddedKafka;
import io.podwire.sandbox.EmbeddedKafkaSettings;

/// One broker for all tests of this JVM, started by the first that asks and stopped with the JVM.
///
/// Tests keep apart by topic, group and transactional ids of their own.
public final class SharedKafka {
    private SharedKafka() {}

    public static String bootstrapServers() {
        return Holder.BROKER.bootstrapServers();
    }

    private static final class Holder {
        static final EmbeddedKafka BROKER = EmbeddedKafka.start(EmbeddedKafkaSettings.quick());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
        }
    }
}
