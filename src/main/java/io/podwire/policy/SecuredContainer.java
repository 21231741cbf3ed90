package io.podwire.policy;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.TCPSocketAction;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A container of any kind, as far as the standards look at it.
///
/// @param hosts what its probes and lifecycle handlers name as host
record SecuredContainer(
        String name,
        Optional<SecurityContext> context,
        List<ContainerPort> ports,
        List<String> hosts) {

    /// Init containers, containers and ephemeral containers.
    static List<SecuredContainer> of(Pod pod) {
        List<SecuredContainer> all = new ArrayList<>();
        Stream.concat(
                        pod.getSpec().getInitContainers().stream(),
                        pod.getSpec().getContainers().stream())
                .map(
                        c ->
                                new SecuredContainer(
                                        c.getName(),
                                        Optional.ofNullable(c.getSecurityContext()),
                                        c.getPorts(),
                                        hosts(
                                                c.getLifecycle(),
                                                c.getLivenessProbe(),
                                                c.getReadinessProbe(),
                                                c.getStartupProbe())))
                .forEach(all::add);
        pod.getSpec().getEphemeralContainers().stream()
                .map(
                        c ->
                                new SecuredContainer(
                                        c.getName(),
                                        Optional.ofNullable(c.getSecurityContext()),
                                        c.getPorts(),
                                        hosts(
                                                c.getLifecycle(),
                                                c.getLivenessProbe(),
                                                c.getReadinessProbe(),
                                                c.getStartupProbe())))
                .forEach(all::add);
        return all;
    }

    /// A field of the container's security context, where it is set.
    <T> Optional<T> set(Function<SecurityContext, @Nullable T> field) {
        return context.flatMap(c -> Optional.ofNullable(field.apply(c)));
    }

    private static List<String> hosts(@Nullable Lifecycle lifecycle, @Nullable Probe... probes) {
        List<String> hosts = new ArrayList<>();
        for (Probe probe : probes) {
            if (probe != null) {
                add(hosts, probe.getHttpGet(), probe.getTcpSocket());
            }
        }
        if (lifecycle != null) {
            add(hosts, lifecycle.getPostStart());
            add(hosts, lifecycle.getPreStop());
        }
        return hosts;
    }

    private static void add(List<String> hosts, @Nullable LifecycleHandler handler) {
        if (handler != null) {
            add(hosts, handler.getHttpGet(), handler.getTcpSocket());
        }
    }

    private static void add(
            List<String> hosts, @Nullable HTTPGetAction http, @Nullable TCPSocketAction tcp) {
        Optional.ofNullable(http).map(HTTPGetAction::getHost).ifPresent(hosts::add);
        Optional.ofNullable(tcp).map(TCPSocketAction::getHost).ifPresent(hosts::add);
        hosts.removeIf(String::isEmpty);
    }
}
