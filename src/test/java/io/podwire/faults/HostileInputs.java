package io.podwire.faults;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What hostile and careless producers send, by numbered kinds, each with its answer by the contract.
///
/// Left out are the kinds that
/// - the broker's client cannot even unpack (19: a compressed bomb), see [SimulatedUnreadableRecordIT];
/// - the product does not have: tenants (25), clock skew (27), signatures (29 to 31), rate limits (66);
/// - need a cluster in a certain condition (33, 34, 55, 67: namespaces, quota, admission): see [ErrorTable].
///
/// Where the contract allows what looks hostile, it is carried out, and the comment beside it says why.
final class HostileInputs {
    private static final int KINDS = 68;
    private static final Set<Integer> ELSEWHERE =
            Set.of(19, 25, 27, 29, 30, 31, 33, 34, 55, 66, 67);

    /// The settings of a worker that answers so, beside the usual ones.
    static final String[] SETTINGS = {
        "policy.images=busybox,registry.example/ok/*", "policy.max.cpu=4", "policy.max.gpu=8"
    };

    private HostileInputs() {}

    /// All of them, with ids and names of pods that are new in each round.
    static List<HostileInput> of(HostileSeat seat) {
        HostileList list = new HostileList(seat);
        HostileRecords.list(list);
        HostileEnvelopes.list(list);
        HostilePods.list(list);
        HostileRequests.list(list);
        return list.all();
    }

    /// The kinds that have to be there.
    static Set<Integer> kinds() {
        return IntStream.rangeClosed(1, KINDS)
                .boxed()
                .filter(kind -> !ELSEWHERE.contains(kind))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
