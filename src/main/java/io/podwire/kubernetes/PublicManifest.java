package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVarFluent;
import io.fabric8.kubernetes.api.model.HTTPHeaderFluent;
import io.fabric8.kubernetes.api.model.ObjectMetaFluent;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/// A pod as an event may carry it: nobody reads secrets out of an event.
final class PublicManifest {
    private static final String MASK = "***";

    /// Where kubectl keeps the whole manifest once more, environment included.
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private PublicManifest() {}

    static Pod of(Pod pod) {
        return new PodBuilder(pod)
                .accept(ObjectMetaFluent.class, PublicManifest::tidy)
                .accept(EnvVarFluent.class, PublicManifest::mask)
                .accept(HTTPHeaderFluent.class, PublicManifest::mask)
                .build();
    }

    private static void tidy(ObjectMetaFluent<?> metadata) {
        metadata.removeFromAnnotations(LAST_APPLIED);
    }

    private static void mask(EnvVarFluent<?> variable) {
        if (variable.hasValue()) {
            variable.withValue(MASK);
        }
    }

    /// A probe may have to show who it is.
    private static void mask(HTTPHeaderFluent<?> header) {
        header.withValue(MASK);
    }
}
