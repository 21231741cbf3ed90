package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.podwire.protocol.PodConfig;

import java.util.List;

/// Where the pod may run.
final class Placement {
    private Placement() {}

    static List<Toleration> tolerations(PodConfig config) {
        return config.tolerations().stream().map(Placement::toleration).toList();
    }

    private static Toleration toleration(PodConfig.Toleration wanted) {
        TolerationBuilder toleration = new TolerationBuilder();
        wanted.key().ifPresent(toleration::withKey);
        wanted.operator().ifPresent(toleration::withOperator);
        wanted.value().ifPresent(toleration::withValue);
        wanted.effect().ifPresent(toleration::withEffect);
        wanted.tolerationSeconds().ifPresent(toleration::withTolerationSeconds);
        return toleration.build();
    }
}
