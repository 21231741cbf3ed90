package io.podwire.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/// Images by their name or by glob: `*` for any characters, of the registry or of what is in it.
///
/// Read as image references are, `busybox` being `docker.io/library/busybox`; `*` alone is every image. One
/// without tag and digest lets every version in; one with a tag lets no digest in, which the runtimes would
/// pull instead of the tag.
///
/// @param glob as the setting has it
public record ImagePattern(String glob) {
    private static final String REGISTRY =
            "(?:[-A-Za-z0-9.*]+|\\[[0-9A-Fa-f:]+\\])(?::(?:[0-9]+|\\*))?";
    private static final String REPOSITORY = "[-a-z0-9._*]+(?:/[-a-z0-9._*]+)*";
    private static final Pattern LEGAL =
            Pattern.compile(
                    "(?:%s/)?%s(?::[-A-Za-z0-9._*]+)?(?:@[a-z0-9:*]+)?"
                            .formatted(REGISTRY, REPOSITORY));
    private static final Pattern LONE_REGISTRY =
            Pattern.compile("[^/:@]*\\.[^/:@]*(?::[0-9]+)?|localhost(?::[0-9]+)?");

    /// Every image of every registry.
    public static final ImagePattern ALL = new ImagePattern("*");

    public ImagePattern {
        if (glob.length() > 1024 || !LEGAL.matcher(glob).matches()) {
            throw new IllegalArgumentException("neither an image nor a pattern of images: " + glob);
        }
        if (LONE_REGISTRY.matcher(glob).matches()) {
            throw new IllegalArgumentException(
                    "a registry without images, write %s/* for all of them".formatted(glob));
        }
    }

    boolean matches(ImageName image) {
        if (glob.equals(ALL.glob())) {
            return true;
        }
        ImageName.Parts wanted = ImageName.Parts.of(glob);
        return Glob.matches(wanted.registry(), image.registry())
                && Glob.matches(wanted.repository(), image.repository())
                && version(wanted, image);
    }

    private static boolean version(ImageName.Parts wanted, ImageName image) {
        if (wanted.tag().isEmpty() && wanted.digest().isEmpty()) {
            return true;
        }
        boolean digest =
                wanted.digest().isPresent()
                        ? part(wanted.digest(), image.digest())
                        : image.digest().isEmpty();
        return digest && (wanted.tag().isEmpty() || part(wanted.tag(), image.tag()));
    }

    private static boolean part(Optional<String> wanted, Optional<String> there) {
        return wanted.flatMap(glob -> there.map(text -> Glob.matches(glob, text))).orElse(false);
    }
}
