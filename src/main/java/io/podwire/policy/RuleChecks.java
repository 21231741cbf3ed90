package io.podwire.policy;

import static io.podwire.protocol.ErrorReason.DENIED_FIELD;
import static io.podwire.protocol.ErrorReason.DENIED_IMAGE;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.PodMarks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds a final pod against the rules of the operator.
final class RuleChecks {
    private final PodRules rules;
    private final ObjectMeta meta;
    private final PodSpec spec;
    private final List<PodContainer> containers;

    RuleChecks(PodRules rules, Pod pod) {
        this.rules = rules;
        this.meta = pod.getMetadata();
        this.spec = pod.getSpec();
        this.containers = PodContainer.of(spec);
    }

    /// The first rule that the pod breaks.
    Optional<CommandError> error() {
        return images().flatMap(image -> closed(image).stream())
                .findFirst()
                .or(this::serviceAccount)
                .or(() -> new LimitChecks(rules.limits(), containers).error())
                .or(() -> rules.limits().ttl().flatMap(this::staysTooLong));
    }

    private Stream<PlacedImage> images() {
        return Stream.concat(
                containers.stream()
                        .map(each -> new PlacedImage(each.pointer() + "/image", each.image())),
                spec.getVolumes().stream().flatMap(RuleChecks::image));
    }

    /// A volume can be an image too.
    private static Stream<PlacedImage> image(Volume volume) {
        return Stream.ofNullable(volume.getImage())
                .map(image -> String.valueOf(image.getReference()))
                .map(image -> new PlacedImage(PodContainer.POD + "/volumes", image));
    }

    private Optional<CommandError> closed(PlacedImage image) {
        ImageName name = ImageName.of(image.reference());
        if (rules.images().stream().anyMatch(pattern -> pattern.matches(name))) {
            return Optional.empty();
        }
        String message = "the image " + name + " is not open to this worker (policy.images)";
        return Optional.of(CommandError.at(DENIED_IMAGE, image.pointer(), message));
    }

    private Optional<CommandError> serviceAccount() {
        return Stream.of(
                        Optional.ofNullable(spec.getServiceAccountName()),
                        Optional.ofNullable(spec.getServiceAccount()))
                .flatMap(Optional::stream)
                .filter(
                        name ->
                                rules.serviceAccounts().stream()
                                        .noneMatch(pattern -> pattern.matches(name)))
                .findFirst()
                .map(
                        name ->
                                CommandError.at(
                                        DENIED_FIELD,
                                        PodContainer.POD + "/serviceAccount",
                                        "the service account %s is not open to this worker (policy.service.accounts)"
                                                .formatted(name)));
    }

    /// In whole seconds, which is how the pod carries it.
    private Optional<CommandError> staysTooLong(Duration most) {
        long allowed = most.plusSeconds(1).minusNanos(1).toSeconds();
        Optional<Long> asked =
                Optional.ofNullable(meta.getAnnotations().get(PodMarks.TTL)).map(Long::valueOf);
        if (asked.filter(seconds -> seconds <= allowed).isPresent()) {
            return Optional.empty();
        }
        String message =
                "the pod would stay %s after its end; it may stay %d s at the most (policy.max.ttl)"
                        .formatted(
                                asked.map(seconds -> seconds + " s").orElse("for ever"), allowed);
        return Optional.of(
                CommandError.at(DENIED_FIELD, PodContainer.POD + "/ttlAfterFinished", message));
    }

    private record PlacedImage(String pointer, String reference) {}
}
