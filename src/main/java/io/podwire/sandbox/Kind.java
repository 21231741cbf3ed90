package io.podwire.sandbox;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of object that the simulated API server serves.
enum Kind {
    POD("pods", "Pod", Scope.NAMESPACE),
    SECRET("secrets", "Secret", Scope.NAMESPACE),
    CONFIG_MAP("configmaps", "ConfigMap", Scope.NAMESPACE),
    VOLUME_CLAIM("persistentvolumeclaims", "PersistentVolumeClaim", Scope.NAMESPACE),
    QUOTA("resourcequotas", "ResourceQuota", Scope.NAMESPACE),
    SERVICE_ACCOUNT("serviceaccounts", "ServiceAccount", Scope.NAMESPACE),
    EVENT("events", "Event", Scope.NAMESPACE),
    NAMESPACE("namespaces", "Namespace", Scope.CLUSTER),
    NODE("nodes", "Node", Scope.CLUSTER);

    enum Scope {
        NAMESPACE,
        CLUSTER
    }

    private final String plural;
    private final String singular;
    private final Scope scope;

    Kind(String plural, String singular, Scope scope) {
        this.plural = plural;
        this.singular = singular;
        this.scope = scope;
    }

    static Optional<Kind> ofPlural(String plural) {
        return Arrays.stream(values()).filter(kind -> kind.plural.equals(plural)).findFirst();
    }

    /// `pods`: as in paths and in the details of a `Status`.
    String plural() {
        return plural;
    }

    /// `Pod`: as in the field `kind`.
    String singular() {
        return singular;
    }

    boolean namespaced() {
        return scope == Scope.NAMESPACE;
    }
}
