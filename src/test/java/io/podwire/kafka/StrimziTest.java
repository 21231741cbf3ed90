package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

import io.podwire.config.Loaded;
import io.podwire.config.Requirement;
import io.podwire.config.Settings;
import io.podwire.config.WorkerSettings;
import io.podwire.testkit.Manifests;
import io.podwire.testkit.StrimziUser;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import io.strimzi.api.kafka.model.user.KafkaUserSpec;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What `deploy/strimzi` says in Strimzi's words is what the worker wants.
class StrimziTest {
    private static final Path TOPICS = Path.of("deploy", "strimzi", "topics.yaml");
    private static final Path USERS = Path.of("deploy", "strimzi", "users.yaml");

    private static final WorkerSettings.Kafka STANDARD = standard();

    /// Fields that a class of Strimzi does not have are mistakes, not additional properties.
    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .setAnnotationIntrospector(
                            new JacksonAnnotationIntrospector() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                public Boolean hasAnySetter(Annotated member) {
                                    return false;
                                }
                            });

    @Test
    void topicsAreThoseThatTopicsApplyMakes() throws IOException {
        // Given
        List<NewTopic> written = new ArrayList<>();
        for (JsonNode topic : Manifests.read(TOPICS)) {
            written.add(newTopic(topic));
        }

        // When
        TopicPlan plan =
                TopicPlan.of(STANDARD.topics(), Map.of(), written.getFirst().numPartitions());

        // Then
        assertThat(written)
                .containsExactlyElementsOf(
                        plan.missing().stream()
                                .map(step -> TopicLayout.topic(step, STANDARD.topics()))
                                .toList());
    }

    private static NewTopic newTopic(JsonNode topic) throws JsonProcessingException {
        var spec = STRICT.treeToValue(topic.path("spec"), KafkaTopicSpec.class);
        Map<String, String> configs = new HashMap<>();
        topic.at("/spec/config")
                .properties()
                .forEach(each -> configs.put(each.getKey(), each.getValue().asText()));
        return new NewTopic(
                        Manifests.name(topic),
                        Optional.ofNullable(spec.getPartitions()),
                        Optional.ofNullable(spec.getReplicas()).map(Integer::shortValue))
                .configs(configs);
    }

    @Test
    void workerMayDoWhatItAsksForAndNothingElse() throws IOException {
        // Given
        Map<ResourcePattern, Set<AclOperation>> needed = new HashMap<>();
        TopicRights.needed(STANDARD.topics())
                .forEach(
                        (topic, operations) -> needed.put(topic(topic), new TreeSet<>(operations)));
        // What it writes may be left open by a broker, which only readers are told.
        needed.values().forEach(each -> each.add(AclOperation.READ));
        needed.put(
                new ResourcePattern(ResourceType.GROUP, STANDARD.groupId(), PatternType.LITERAL),
                Set.of(AclOperation.READ));
        needed.put(
                new ResourcePattern(
                        ResourceType.TRANSACTIONAL_ID,
                        STANDARD.groupId() + "-",
                        PatternType.PREFIXED),
                Set.of(AclOperation.WRITE));

        // Then
        assertThat(rights("podwire-worker")).isEqualTo(needed);
    }

    @Test
    void onlyProducersMayCommand() throws IOException {
        assertThat(rights("podwire-producer"))
                .isEqualTo(Map.of(topic(STANDARD.topics().commands()), Set.of(AclOperation.WRITE)));
        for (String reader : List.of("podwire-consumer", "podwire-auditor")) {
            assertThat(rights(reader).values())
                    .allSatisfy(each -> assertThat(each).doesNotContain(AclOperation.WRITE));
        }
    }

    private static Map<ResourcePattern, Set<AclOperation>> rights(String user) throws IOException {
        return StrimziUser.named(user).rights("User:any", UnaryOperator.identity()).stream()
                .collect(
                        Collectors.groupingBy(
                                AclBinding::pattern,
                                Collectors.mapping(
                                        right -> right.entry().operation(), Collectors.toSet())));
    }

    private static ResourcePattern topic(String name) {
        return new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
    }

    @Test
    void usersAreAsStrimziReadsThem() throws IOException {
        for (JsonNode user : Manifests.read(USERS)) {
            assertThat(
                            STRICT.treeToValue(user.path("spec"), KafkaUserSpec.class)
                                    .getAuthorization())
                    .isNotNull();
        }
    }

    private static WorkerSettings.Kafka standard() {
        Loaded loaded = Settings.load(List.of(), Map.of(), List.of(), Requirement.ANY);
        return ((Loaded.Good) loaded).settings().kafka();
    }
}
