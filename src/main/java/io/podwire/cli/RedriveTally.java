package io.podwire.cli;

import io.podwire.kafka.RedriveOutcome;
import io.podwire.kafka.RedriveRules.Deed;

import java.util.ArrayList;
import java.util.List;

/// What became of the letters of a redrive, in numbers.
final class RedriveTally {
    private long sent;
    private long before;
    private long left;

    void add(RedriveOutcome outcome) {
        switch (outcome) {
            case RedriveOutcome.Sent _ -> sent++;
            case RedriveOutcome.Before _ -> before++;
            case RedriveOutcome.Left _, RedriveOutcome.NoLetter _ -> left++;
        }
    }

    /// Whether all that was wanted is sent.
    boolean clean() {
        return left == 0;
    }

    String sentence(Deed deed) {
        List<String> parts = new ArrayList<>();
        parts.add("%,d %s".formatted(sent, deed == Deed.TELL ? "would be redriven" : "redriven"));
        if (before > 0) {
            parts.add("%,d redriven before, or older than 7 days".formatted(before));
        }
        if (left > 0) {
            parts.add("%,d left; podwire dlq show PARTITION:OFFSET shows one".formatted(left));
        }
        return String.join(", ", parts);
    }
}
