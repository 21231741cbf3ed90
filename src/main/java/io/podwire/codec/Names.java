package io.podwire.codec;

import java.util.Optional;
import java.util.regex.Pattern;

/// The names that the contract and Kubernetes allow.
final class Names {
    private static final int LABEL_CHARS = 63;
    private static final int SUBDOMAIN_CHARS = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern ID = Pattern.compile("[ -~]{1,128}");
    private static final Pattern SOURCE = Pattern.compile("[^\\u0000-\\u001f\\u007f]{1,512}");

    private Names() {}

    static boolean isLabel(String text) {
        return flawOfLabel(text).isEmpty();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isSource(String text) {
        return SOURCE.matcher(text).matches();
    }

    static Optional<String> flawOfLabel(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        if (text.length() > LABEL_CHARS) {
            return Optional.of(
                    "has %d characters; a DNS label has at most %d"
                            .formatted(text.length(), LABEL_CHARS));
        }
        return LABEL.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(
                        "is not a DNS label: lower-case letters, digits and '-',"
                                + " a letter or digit at both ends");
    }

    static Optional<String> flawOfSubdomain(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        boolean good = text.length() <= SUBDOMAIN_CHARS && SUBDOMAIN.matcher(text).matches();
        return good
                ? Optional.empty()
                : Optional.of(
                        "is not the name of a Kubernetes object: at most 253 lower-case letters,"
                                + " digits, '-' and '.', a letter or digit at both ends");
    }

    static Optional<String> flawOfId(String text) {
        return isId(text)
                ? Optional.empty()
                : Optional.of("must be 1 to 128 characters of printable ASCII");
    }
}
