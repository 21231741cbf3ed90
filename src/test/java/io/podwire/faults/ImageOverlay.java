package io.podwire.faults;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The base of `deploy` with what a node without a cluster network needs beside it: the host's network, on which the API
/// server and the broker are at loopback, and one worker on a port of its own.
final class ImageOverlay {
    private static final String NAME = "podwire";

    private final KubernetesClient admin;
    private final DeployBase base;
    private final String image;
    private final int port;

    /// @param admin closed by the caller
    /// @param port for health and metrics
    ImageOverlay(KubernetesClient admin, String image, int port) {
        this.admin = admin;
        this.base = new DeployBase(admin);
        this.image = image;
        this.port = port;
    }

    /// Makes all objects; returns at once.
    ///
    /// @param settings each `KEY=VALUE`
    void apply(String namespace, List<String> settings) throws IOException {
        var config =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .addToData("podwire.properties", String.join("\n", settings))
                        .build();
        var _ = admin.resource(config).inNamespace(namespace).create();
        for (String file :
                List.of(
                        "serviceaccount.yaml",
                        "rights/role.yaml",
                        "rights/rolebinding.yaml",
                        "poddisruptionbudget.yaml",
                        "networkpolicy.yaml")) {
            var object = base.read(file, HasMetadata.class);
            var _ = admin.resource(object).inNamespace(namespace).create();
        }
        var _ = admin.resource(deployment()).inNamespace(namespace).create();
    }

    private Deployment deployment() throws IOException {
        return new DeploymentBuilder(base.read("deployment.yaml", Deployment.class))
                .editSpec()
                .withReplicas(1)
                .editTemplate()
                .withSpec(podSpec())
                .endTemplate()
                .endSpec()
                .build();
    }

    /// The pod of the worker.
    PodSpec podSpec() throws IOException {
        var template = base.read("deployment.yaml", Deployment.class).getSpec().getTemplate();
        URI api = URI.create(admin.getMasterUrl().toString());
        return new PodSpecBuilder(template.getSpec())
                .withHostNetwork(true)
                .editFirstContainer()
                .withImage(image)
                .addNewEnv()
                .withName("KUBERNETES_SERVICE_HOST")
                .withValue(api.getHost())
                .endEnv()
                .addNewEnv()
                .withName("KUBERNETES_SERVICE_PORT")
                .withValue(Integer.toString(api.getPort()))
                .endEnv()
                .addNewEnv()
                .withName("PODWIRE_HTTP_PORT")
                .withValue(Integer.toString(port))
                .endEnv()
                .editFirstPort()
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .build();
    }
}
