package io.podwire.http;

import java.util.List;

/// What each of the three probes of Kubernetes looks at; a probe without checks is good.
///
/// @param live failing, the process is restarted: nothing that a restart does not mend
/// @param ready failing, the worker is out of work but goes on
/// @param startup failing, the other two are not asked yet
public record Probes(List<Check> live, List<Check> ready, List<Check> startup) {
    public Probes {
        live = List.copyOf(live);
        ready = List.copyOf(ready);
        startup = List.copyOf(startup);
    }
}
