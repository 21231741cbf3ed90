package io.podwire.policy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A pod under check, and what was found.
///
/// Confined to one check.
final class SecuredPod {
    private final Pod pod;
    private final List<SecuredContainer> containers;
    private final List<Violation> found = new ArrayList<>();

    SecuredPod(Pod pod) {
        this.pod = pod;
        this.containers = SecuredContainer.of(pod);
    }

    Pod pod() {
        return pod;
    }

    PodSpec spec() {
        return pod.getSpec();
    }

    List<SecuredContainer> containers() {
        return containers;
    }

    List<Violation> found() {
        return List.copyOf(found);
    }

    /// A field of the pod's security context, where it is set.
    <T> Optional<T> set(Function<PodSecurityContext, @Nullable T> field) {
        return Optional.ofNullable(spec().getSecurityContext())
                .flatMap(context -> Optional.ofNullable(field.apply(context)));
    }

    /// Whether it runs in a user namespace of its own, which relaxes some rules since 1.35.
    boolean userNamespace() {
        return Boolean.FALSE.equals(spec().getHostUsers());
    }

    boolean windows() {
        return Optional.ofNullable(spec().getOs())
                .map(PodOS::getName)
                .filter("windows"::equals)
                .isPresent();
    }

    /// Notes a violation where any container, or the pod itself, breaks a rule.
    void forbid(String check, boolean byPod, Predicate<SecuredContainer> broken, String rule) {
        List<String> breakers = new ArrayList<>();
        if (byPod) {
            breakers.add("pod");
        }
        containers.stream()
                .filter(broken)
                .map(container -> "container \"" + container.name() + "\"")
                .forEach(breakers::add);
        if (!breakers.isEmpty()) {
            note(check, String.join(", ", breakers) + " " + rule);
        }
    }

    void note(String check, String detail) {
        found.add(new Violation(check, detail));
    }
}
