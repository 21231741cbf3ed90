package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.vertx.core.Context;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers log calls: finds the container and its log, or says why there is none.
final class LogCalls {
    private final ObjectStore store;
    private final PodLogs logs;
    private final OpenStreams streams;

    LogCalls(ObjectStore store, PodLogs logs, OpenStreams streams) {
        this.store = store;
        this.logs = logs;
        this.streams = streams;
    }

    void open(Exchange exchange, ResourcePath path, Context context) {
        ApiRequest request = exchange.request();
        ObjectNode pod =
                store.find(path.key())
                        .orElseThrow(() -> ApiFailure.notFound(Kind.POD, path.name()));
        String container = container(pod, request.parameterOr("container", ""));
        LogReader.Form form = LogReader.Form.of(request);
        if (!Pods.scheduled(pod)) {
            exchange.noContent();
            return;
        }
        Optional<String> sentence = sentence(exchange);
        if (sentence.isPresent()) {
            exchange.text(200, sentence.get());
            return;
        }
        ContainerLog log = find(pod, container, request.flag("previous"));
        new ServedLog(exchange, log, new LogReader(log, form), context, streams).start();
    }

    private static Optional<String> sentence(Exchange exchange) {
        return exchange.fault()
                .filter(Fault.LogSentence.class::isInstance)
                .map(Fault.LogSentence.class::cast)
                .map(Fault.LogSentence::sentence);
    }

    private static String container(JsonNode pod, String asked) {
        String podName = Json.text(pod, "metadata", "name");
        List<String> main = names(pod.path("spec").path("containers"));
        List<String> init = names(pod.path("spec").path("initContainers"));
        if (!asked.isEmpty()) {
            if (main.contains(asked) || init.contains(asked)) {
                return asked;
            }
            throw ApiFailure.badRequest(
                    "container %s is not valid for pod %s".formatted(asked, podName));
        }
        if (main.size() == 1) {
            return main.getFirst();
        }
        List<String> all = Stream.concat(init.stream(), main.stream()).toList();
        throw ApiFailure.badRequest(
                "a container name must be specified for pod %s, choose one of: [%s]"
                        .formatted(podName, String.join(" ", all)));
    }

    private static List<String> names(JsonNode containers) {
        return Json.each(containers)
                .map(each -> Json.text(each, "name"))
                .collect(Collectors.toList());
    }

    private ContainerLog find(JsonNode pod, String container, boolean previous) {
        String podName = Json.text(pod, "metadata", "name");
        JsonNode status = status(pod, container);
        if (previous) {
            return logs.previous(Pods.uid(pod), container)
                    .orElseThrow(
                            () ->
                                    ApiFailure.badRequest(
                                            "previous terminated container \"%s\" in pod \"%s\" not found"
                                                    .formatted(container, podName)));
        }
        Optional<ContainerLog> found = logs.newest(Pods.uid(pod), container);
        boolean everRan =
                status.path("state").has("running")
                        || hasId(status.path("state"))
                        || hasId(status.path("lastState"));
        if (everRan && found.isPresent()) {
            return found.get();
        }
        throw ApiFailure.badRequest(
                "container \"%s\" in pod \"%s\" is %s".formatted(container, podName, why(status)));
    }

    private static boolean hasId(JsonNode state) {
        return !Json.text(state, "terminated", "containerID").isEmpty();
    }

    private static JsonNode status(JsonNode pod, String container) {
        return java.util.stream.Stream.of("containerStatuses", "initContainerStatuses")
                .flatMap(list -> Json.each(pod.path("status").path(list)))
                .filter(each -> Json.text(each, "name").equals(container))
                .findFirst()
                .orElseGet(Json::object);
    }

    private static String why(JsonNode status) {
        if (status.path("state").has("terminated")) {
            return "terminated";
        }
        String reason = Json.text(status, "state", "waiting", "reason");
        return switch (reason) {
            case "ErrImagePull" -> "waiting to start: image can't be pulled";
            case "ImagePullBackOff" -> "waiting to start: trying and failing to pull image";
            case "" -> "waiting to start - no logs yet";
            default -> "waiting to start: " + reason;
        };
    }
}
