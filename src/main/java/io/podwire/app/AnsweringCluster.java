package io.podwire.app;

import io.podwire.execute.Reply;
import io.podwire.kafka.TenancyGuard;
import io.podwire.kubernetes.ClusterIdentity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Asks the cluster for its uid until it answers, and then no more. Thread-safe.
final class AnsweringCluster implements TenancyGuard.ClusterUid {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweringCluster.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ClusterIdentity identity;
    private volatile Optional<Reply.Ok<Optional<String>>> answer = Optional.empty();

    AnsweringCluster(ClusterIdentity identity) {
        this.identity = Objects.requireNonNull(identity, "identity");
    }

    @Override
    public Optional<String> await() throws InterruptedException {
        boolean told = false;
        while (answer.isEmpty()) {
            switch (identity.fetch()) {
                case Reply.Ok<Optional<String>> ok -> answer = Optional.of(ok);
                case Reply.Refused<Optional<String>>(var failure) -> {
                    if (!told) {
                        told = true;
                        LOG.atWarn()
                                .addKeyValue("failure", failure)
                                .log(
                                        "the API server does not tell which cluster it is; asking again");
                    }
                    Thread.sleep(RETRY); // one that refuses does so at once
                }
            }
        }
        return answer.orElseThrow().value();
    }
}
