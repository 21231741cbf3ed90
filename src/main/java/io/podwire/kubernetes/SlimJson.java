package io.podwire.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.model.jackson.Jackson2JdkTypesModule;

import tools.jackson.databind.json.JsonMapper;

/// Objects of the API as fabric8 reads and writes them, without `managedFields`: who has set which field is a third of
/// what the API server sends of a pod, takes a third of the time to read, and is asked by nobody here.
final class SlimJson {
    private SlimJson() {}

    static KubernetesSerialization serialization() {
        return new KubernetesSerialization(
                JsonMapper.builderWithJackson2Defaults()
                        .addModule(new Jackson2JdkTypesModule())
                        .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
                        .build(),
                true);
    }

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}
}
