package io.podwire.policy;

import java.util.Optional;

/// An image reference with nothing left out: `busybox` is `docker.io/library/busybox:latest`.
///
/// Reads every text as the container runtimes do, also one that is no reference.
///
/// @param tag `latest` where the reference has neither tag nor digest
/// @param digest of the content; where there is one, the runtimes do not look at the tag
record ImageName(
        String registry, String repository, Optional<String> tag, Optional<String> digest) {
    private static final String DOCKER_HUB = "docker.io";

    static ImageName of(String reference) {
        Parts parts = Parts.of(reference);
        Optional<String> tag =
                parts.tag().or(() -> Optional.of("latest").filter(_ -> parts.digest().isEmpty()));
        return new ImageName(parts.registry(), parts.repository(), tag, parts.digest());
    }

    @Override
    public String toString() {
        return registry
                + "/"
                + repository
                + tag.map(":"::concat).orElse("")
                + digest.map("@"::concat).orElse("");
    }

    /// What a reference, or a pattern of references, says and what it leaves to be understood.
    record Parts(
            String registry, String repository, Optional<String> tag, Optional<String> digest) {
        static Parts of(String reference) {
            int at = reference.indexOf('@');
            String tagged = at < 0 ? reference : reference.substring(0, at);
            int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
            String name = colon < 0 ? tagged : tagged.substring(0, colon);
            int slash = name.indexOf('/');
            boolean named = slash > 0 && namesRegistry(name.substring(0, slash));
            String registry = named ? hub(name.substring(0, slash)) : DOCKER_HUB;
            String repository = named ? name.substring(slash + 1) : name;
            boolean official = registry.equals(DOCKER_HUB) && isOfficial(repository);
            return new Parts(
                    registry,
                    official ? "library/" + repository : repository,
                    colon < 0 ? Optional.empty() : Optional.of(tagged.substring(colon + 1)),
                    at < 0 ? Optional.empty() : Optional.of(reference.substring(at + 1)));
        }

        /// Without one of these signs, the first step of a name is a user of Docker Hub.
        private static boolean namesRegistry(String step) {
            return step.contains(".")
                    || step.contains(":")
                    || step.equals("localhost")
                    || step.equals("*")
                    || step.chars().anyMatch(Character::isUpperCase);
        }

        private static String hub(String registry) {
            return registry.equals("index.docker.io") ? DOCKER_HUB : registry;
        }

        private static boolean isOfficial(String repository) {
            return !repository.contains("/") && !repository.equals("*");
        }
    }
}
