package io.podwire.policy;

import static io.podwire.protocol.ErrorReason.DENIED_RESOURCES;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandError.Cause;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Holds what the containers of a pod may use together against what one pod may have.
///
/// Goes by their limits: requests are never above them.
final class LimitChecks {
    private final PodLimits limits;
    private final List<PodContainer> containers;

    /// @param containers in the order in which they begin
    LimitChecks(PodLimits limits, List<PodContainer> containers) {
        this.limits = limits;
        this.containers = containers;
    }

    /// The first limit that the pod is above.
    Optional<CommandError> error() {
        return error(Resource.CPU, limits.cpu())
                .or(() -> error(Resource.MEMORY, limits.memory()))
                .or(() -> error(Resource.GPU, limits.gpu()));
    }

    private Optional<CommandError> error(Resource resource, Optional<Amount> most) {
        return most.flatMap(
                amount -> boundless(resource, amount).or(() -> tooMuch(resource, amount)));
    }

    /// A container without a limit may use all that its node has.
    private Optional<CommandError> boundless(Resource resource, Amount most) {
        return containers.stream()
                .filter(container -> resource.limit(container).isEmpty())
                .findFirst()
                .map(
                        container ->
                                CommandError.at(
                                        DENIED_RESOURCES,
                                        resource.pointer(container),
                                        "the container %s has no limit of %s; %s"
                                                .formatted(
                                                        container.name(),
                                                        resource.word(),
                                                        rule(resource, most))));
    }

    private Optional<CommandError> tooMuch(Resource resource, Amount most) {
        BigDecimal asked = Demand.of(containers, resource::amount);
        if (asked.compareTo(most.value()) <= 0) {
            return Optional.empty();
        }
        List<PodContainer> askers =
                containers.stream().filter(each -> resource.amount(each).signum() > 0).toList();
        String message =
                "the pod asks for %s of %s; %s"
                        .formatted(resource.told(asked), resource.word(), rule(resource, most));
        return Optional.of(
                askers.size() == 1
                        ? CommandError.at(
                                DENIED_RESOURCES, resource.pointer(askers.getFirst()), message)
                        : shared(resource, askers, message));
    }

    private static CommandError shared(
            Resource resource, List<PodContainer> askers, String message) {
        List<Cause> shares =
                askers.stream()
                        .map(
                                each ->
                                        new Cause(
                                                resource.pointer(each),
                                                resource.told(resource.amount(each))))
                        .toList();
        return new CommandError(
                DENIED_RESOURCES,
                message,
                0,
                Optional.empty(),
                shares,
                Optional.of(PodContainer.POD));
    }

    private static String rule(Resource resource, Amount most) {
        return "one pod may have %s at the most (policy.max.%s)"
                .formatted(most.text(), resource.word());
    }
}
