package io.podwire.ledger;

import io.podwire.protocol.Event.Provenance;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.Container;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What must have happened to a pod between two looks at it: proven by what the kubelet has written down, or a gap.
///
/// Pure. A kubelet shows the newest run of a container and how the one before it ended, no more.
final class Unseen {
    private static final String REASON = "NotShown";

    private Unseen() {}

    /// How the pod showed meanwhile, and how that is known.
    record Look(PodStatus status, Provenance provenance) {}

    /// In the order that it happened.
    ///
    /// @param told how the pod was last told to show; empty before its first transition
    static List<Look> between(Optional<PodStatus> told, PodStatus now) {
        PodStatus before = told.orElseGet(() -> unborn(now));
        List<Runs> runs =
                now.containers().stream()
                        .map(each -> Runs.between(Runs.of(before, each), each))
                        .toList();
        List<Look> looks = new ArrayList<>();
        String hidden =
                runs.stream()
                        .flatMap(each -> each.hidden().stream())
                        .collect(Collectors.joining("; "));
        if (!hidden.isEmpty()) {
            looks.add(gap(before, hidden));
        }
        PodStatus shown = before;
        for (Moment moment : withoutNewest(inOrder(runs))) {
            shown = moment.on(shown, now);
            looks.add(new Look(shown, Provenance.INFERRED));
        }
        return looks;
    }

    /// The sort is stable: what a kubelet dates to the same second stays in the order of the containers.
    private static List<Moment> inOrder(List<Runs> runs) {
        return runs.stream()
                .flatMap(each -> each.moments().stream())
                .sorted(Comparator.comparing(Moment::order))
                .toList();
    }

    /// What the pod shows still, and nothing came after, is seen and not inferred.
    private static List<Moment> withoutNewest(List<Moment> moments) {
        int end = moments.size();
        while (end > 0 && moments.get(end - 1).newest()) {
            end--;
        }
        return moments.subList(0, end);
    }

    /// Something happened that nobody can rebuild; the pod is told as it showed before that.
    static Look gap(PodStatus before, String sentence) {
        return new Look(
                new PodStatus(
                        before.uid(),
                        before.resourceVersion(),
                        before.owner(),
                        before.state(),
                        before.word(),
                        before.phase(),
                        Optional.of(REASON),
                        Optional.of(sentence),
                        before.ready(),
                        before.containers(),
                        before.node(),
                        before.podIp(),
                        before.gpu(),
                        Optional.empty()),
                Provenance.GAP);
    }

    /// A pod whose end was not seen: nothing is missing only where its last sight shows that it never had a place.
    ///
    /// @param last how the API server showed it at its end
    static boolean hidesEnd(Optional<PodStatus> last) {
        return last.flatMap(PodStatus::node).isPresent() || last.isEmpty();
    }

    private static PodStatus unborn(PodStatus now) {
        List<Container> none = List.of();
        return new PodStatus(
                now.uid(),
                0,
                now.owner(),
                PodLifecycle.PENDING,
                "Pending",
                "Pending",
                Optional.empty(),
                Optional.empty(),
                false,
                none,
                Optional.empty(),
                Optional.empty(),
                now.gpu(),
                Optional.empty());
    }
}
