package io.podwire.sandbox;

import java.util.Optional;
import java.util.regex.Pattern;

/// The forms that names and labels must have, with the words of the API server when they do not.
final class Names {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private static final Pattern LABEL_FORM = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_FORM = Pattern.compile(SUBDOMAIN);
    private static final Pattern VALUE_FORM = Pattern.compile(VALUE);
    private static final Pattern KEY_FORM =
            Pattern.compile("(" + SUBDOMAIN + "/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final int LABEL_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;

    private Names() {}

    static Optional<String> subdomainFault(String name) {
        if (name.length() > SUBDOMAIN_LENGTH) {
            return Optional.of("must be no more than 253 bytes");
        }
        if (SUBDOMAIN_FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                        + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                        + " 'example.com', regex used for validation is '"
                        + SUBDOMAIN
                        + "')");
    }

    static Optional<String> labelFault(String name) {
        if (name.length() > LABEL_LENGTH) {
            return Optional.of("must be no more than 63 bytes");
        }
        if (LABEL_FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                        + " '-', and must start and end with an alphanumeric character (e.g. 'my-name',"
                        + "  or '123-abc', regex used for validation is '"
                        + LABEL
                        + "')");
    }

    static Optional<String> labelKeyFault(String key) {
        return KEY_FORM.matcher(key).matches()
                ? Optional.empty()
                : Optional.of(
                        "name part must consist of alphanumeric characters, '-', '_' or '.', and"
                                + " must start and end with an alphanumeric character (e.g. 'MyName', "
                                + " or 'my.name',  or '123-abc', regex used for validation is"
                                + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
    }

    static Optional<String> labelValueFault(String value) {
        if (value.length() > LABEL_LENGTH) {
            return Optional.of("must be no more than 63 bytes");
        }
        return VALUE_FORM.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(
                        "a valid label must be an empty string or consist of alphanumeric"
                                + " characters, '-', '_' or '.', and must start and end with an"
                                + " alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                                + " '12345', regex used for validation is '"
                                + VALUE
                                + "')");
    }
}
