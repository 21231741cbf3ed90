package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Env.Value;
import io.podwire.protocol.PodConfig.EnvFrom;

import java.util.List;

/// A container's variables.
final class Environment {
    private Environment() {}

    static List<EnvVar> variables(ContainerConfig config) {
        return config.env().stream().map(Environment::variable).toList();
    }

    static List<EnvFromSource> sources(ContainerConfig config) {
        return config.envFrom().stream().map(Environment::source).toList();
    }

    private static EnvVar variable(PodConfig.Env wanted) {
        EnvVarBuilder variable = new EnvVarBuilder().withName(wanted.name());
        return switch (wanted.value()) {
            case Value.Literal(var value) -> variable.withValue(value).build();
            case Value.SecretRef(var name, var key) ->
                    variable.withNewValueFrom()
                            .withNewSecretKeyRef(key, name, null)
                            .endValueFrom()
                            .build();
            case Value.ConfigMapRef(var name, var key) ->
                    variable.withNewValueFrom()
                            .withNewConfigMapKeyRef(key, name, null)
                            .endValueFrom()
                            .build();
            case Value.FieldRef(var path) ->
                    variable.withNewValueFrom()
                            .withNewFieldRef()
                            .withFieldPath(path)
                            .endFieldRef()
                            .endValueFrom()
                            .build();
        };
    }

    private static EnvFromSource source(EnvFrom wanted) {
        EnvFromSourceBuilder source = new EnvFromSourceBuilder();
        switch (wanted) {
            case EnvFrom.Secret(var name, var prefix) -> {
                source.withNewSecretRef().withName(name).endSecretRef();
                prefix.ifPresent(source::withPrefix);
            }
            case EnvFrom.ConfigMap(var name, var prefix) -> {
                source.withNewConfigMapRef().withName(name).endConfigMapRef();
                prefix.ifPresent(source::withPrefix);
            }
        }
        return source.build();
    }
}
