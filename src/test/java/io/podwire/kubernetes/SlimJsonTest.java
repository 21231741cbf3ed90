package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import org.junit.jupiter.api.Test;

class SlimJsonTest {
    private static final KubernetesSerialization SLIM = SlimJson.serialization();

    /// As the API server sends one, with a field that the model does not have.
    private static final String POD =
            """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"lab","uid":"u1",
             "labels":{"x":"y"},"creationTimestamp":"2026-11-29T12:00:00Z","managedFields":[
             {"manager":"podwire","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1",
             "time":"2026-11-29T12:00:00Z","fieldsV1":{"f:spec":{"f:containers":{}}}}]},
             "spec":{"containers":[{"name":"main","image":"busybox","resources":
             {"limits":{"cpu":"100m","memory":"64Mi"}},"newest":{"of":["all"]}}]},
             "status":{"phase":"Running","startTime":"2026-11-29T12:00:01Z"}}
            """;

    @Test
    void allButTheManagersOfFieldsIsReadAndWrittenAsTheClientDoesByItself() {
        // Given
        var usual = new KubernetesSerialization();
        Pod whole = usual.unmarshal(POD, Pod.class);
        assertThat(whole.getMetadata().getManagedFields()).hasSize(1);
        whole.getMetadata().getManagedFields().clear();

        // When
        Pod slim = SLIM.unmarshal(POD, Pod.class);

        // Then
        assertThat(slim).isEqualTo(whole);
        assertThat(SLIM.asJson(slim)).isEqualTo(usual.asJson(whole)).contains("newest");
    }
}
