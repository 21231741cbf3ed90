package io.podwire.logs;

import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.ContainerKind;

import java.util.List;

/// Which containers of a pod a request means.
final class ContainerChoice {
    private ContainerChoice() {}

    static List<String> of(Selection selection, PodStatus pod) {
        return switch (selection) {
            case Selection.Named(var container) -> List.of(container);
            case Selection.All _ ->
                    pod.containers().stream().map(PodStatus.Container::name).toList();
            case Selection.Default _ ->
                    pod.containers().stream()
                            .filter(each -> each.kind() == ContainerKind.MAIN)
                            .map(PodStatus.Container::name)
                            .limit(1)
                            .toList();
        };
    }
}
