package io.podwire.policy;

import io.fabric8.kubernetes.api.model.ContainerFluent;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContextFluent;
import io.fabric8.kubernetes.api.model.PodSpecFluent;
import io.fabric8.kubernetes.api.model.SecurityContextFluent;

import java.util.function.Consumer;

/// Pods that keep `restricted` but for what a test changes.
final class SecurePods {
    private SecurePods() {}

    static Pod secure() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("train")
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    static Pod spec(Consumer<PodSpecFluent<?>> change) {
        return of(secure(), change);
    }

    static Pod container(Consumer<ContainerFluent<?>> change) {
        return spec(
                spec -> {
                    var container = spec.editFirstContainer();
                    change.accept(container);
                    container.endContainer();
                });
    }

    static Pod podContext(Consumer<PodSecurityContextFluent<?>> change) {
        return spec(
                spec -> {
                    var context = spec.editSecurityContext();
                    change.accept(context);
                    context.endSecurityContext();
                });
    }

    static Pod context(Consumer<SecurityContextFluent<?>> change) {
        return container(
                container -> {
                    var context = container.editSecurityContext();
                    change.accept(context);
                    context.endSecurityContext();
                });
    }

    private static Pod of(Pod pod, Consumer<PodSpecFluent<?>> change) {
        PodBuilder builder = new PodBuilder(pod);
        var spec = builder.editSpec();
        change.accept(spec);
        return spec.endSpec().build();
    }
}
