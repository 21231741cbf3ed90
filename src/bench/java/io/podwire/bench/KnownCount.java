package io.podwire.bench;

import java.util.List;

/// How many pods a worker knows.
enum KnownCount {
    NONE(0),
    THOUSAND(1_000),
    TEN_THOUSAND(10_000),
    HUNDRED_THOUSAND(100_000),
    MILLION(1_000_000);

    private final int pods;

    KnownCount(int pods) {
        this.pods = pods;
    }

    int pods() {
        return pods;
    }

    static List<KnownCount> upTo(Size size) {
        return switch (size) {
            case QUICK -> List.of(NONE, THOUSAND, TEN_THOUSAND);
            case FULL -> List.of(values());
        };
    }
}
