package io.podwire.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Volume.Source;

import java.util.List;

/// The pod's volumes, and where its containers mount them.
final class Volumes {
    private Volumes() {}

    static List<Volume> of(PodConfig config) {
        return config.volumes().stream().map(Volumes::volume).toList();
    }

    static List<VolumeMount> mounts(ContainerConfig config) {
        return config.volumeMounts().stream().map(Volumes::mount).toList();
    }

    private static Volume volume(PodConfig.Volume wanted) {
        VolumeBuilder volume = new VolumeBuilder().withName(wanted.name());
        return switch (wanted.source()) {
            case Source.EmptyDir(var sizeLimit) -> {
                var emptyDir = volume.withNewEmptyDir();
                sizeLimit.ifPresent(limit -> emptyDir.withSizeLimit(new Quantity(limit)));
                yield emptyDir.endEmptyDir().build();
            }
            case Source.Shm(var sizeLimit) ->
                    volume.withNewEmptyDir()
                            .withMedium("Memory")
                            .withSizeLimit(new Quantity(sizeLimit))
                            .endEmptyDir()
                            .build();
            case Source.PersistentVolumeClaim(var claim) ->
                    volume.withNewPersistentVolumeClaim()
                            .withClaimName(claim)
                            .endPersistentVolumeClaim()
                            .build();
            case Source.ConfigMap(var name) ->
                    volume.withNewConfigMap().withName(name).endConfigMap().build();
            case Source.Secret(var name) ->
                    volume.withNewSecret().withSecretName(name).endSecret().build();
        };
    }

    private static VolumeMount mount(ContainerConfig.VolumeMount wanted) {
        VolumeMountBuilder mount =
                new VolumeMountBuilder().withName(wanted.name()).withMountPath(wanted.mountPath());
        if (wanted.readOnly()) {
            mount.withReadOnly(true);
        }
        wanted.subPath().ifPresent(mount::withSubPath);
        return mount.build();
    }
}
