package io.podwire.codec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The grammar of image references, as registries and container runtimes read them.
final class ImageReference {
    private static final int MOST_CHARS = 1024;
    private static final int NAME_CHARS = 255;
    private static final Pattern UPPER_CASE = Pattern.compile("[A-Z]");
    private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String DOMAIN =
            "(?:%s(?:\\.%s)*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?".formatted(HOST_PART, HOST_PART);
    private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?<name>(?:%s/)?%s(?:/%s)*)".formatted(DOMAIN, PATH_PART, PATH_PART)
                            + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
                            + "(?:@(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}))?");

    private ImageReference() {}

    /// What is wrong with the reference; empty where nothing is.
    static Optional<String> flaw(String image) {
        if (image.isEmpty()) {
            return Optional.of("is empty");
        }
        if (image.length() > MOST_CHARS) { // before the pattern, whose groups take stack
            return Optional.of("has more than " + MOST_CHARS + " characters");
        }
        Matcher matcher = REFERENCE.matcher(image);
        if (!matcher.matches()) {
            String hint =
                    UPPER_CASE.matcher(image).find()
                            ? " (the repository is written in lower case)"
                            : "";
            return Optional.of(
                    "is not an image reference: [registry/]repository[:tag][@sha256:digest]"
                            + hint);
        }
        return matcher.group("name").length() > NAME_CHARS
                ? Optional.of("has a name longer than " + NAME_CHARS + " characters")
                : Optional.empty();
    }
}
