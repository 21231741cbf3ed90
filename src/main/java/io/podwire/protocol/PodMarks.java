package io.podwire.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The labels and annotations that every pod of ours carries, and their reserved prefix.
public final class PodMarks {
    public static final String RESERVED_PREFIX = "podwire.io/";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGED_BY_PODWIRE = "podwire";
    public static final String GROUP = RESERVED_PREFIX + "group";
    public static final String PARTITION = RESERVED_PREFIX + "partition";
    public static final String COMMAND_ID = RESERVED_PREFIX + "command-id";
    public static final String COMMAND_SOURCE = RESERVED_PREFIX + "command-source";
    public static final String COMMAND_DIGEST = RESERVED_PREFIX + "command-digest";
    public static final String TTL = RESERVED_PREFIX + "ttl-seconds-after-finished";

    private static final Pattern LABEL_VALUE =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final int HASH_CHARS = 10;
    private static final int KEPT_CHARS = 63 - HASH_CHARS - 1;

    private PodMarks() {}

    /// The consumer group's id as a label value: itself where it is one, else its legal part and a hash.
    public static String groupLabel(String groupId) {
        if (LABEL_VALUE.matcher(groupId).matches()) {
            return groupId;
        }
        String legal = groupId.replaceAll("[^-A-Za-z0-9_.]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        String kept = legal.substring(0, Math.min(legal.length(), KEPT_CHARS));
        return (kept.isEmpty() ? "group" : kept) + "-" + hash(groupId);
    }

    private static String hash(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
