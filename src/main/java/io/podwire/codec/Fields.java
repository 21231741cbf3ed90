package io.podwire.codec;

/// How errors name the place of a field.
final class Fields {
    private static final int SHOWN_CHARS = 120;

    private Fields() {}

    /// `/data/pod/env/0/name` as `data.pod.env[0].name`; the message itself for the empty pointer.
    static String dotted(String pointer) {
        if (pointer.isEmpty()) {
            return "the message";
        }
        StringBuilder text = new StringBuilder();
        for (String token : pointer.substring(1).split("/", -1)) {
            if (!token.isEmpty() && token.chars().allMatch(Character::isDigit)) {
                text.append('[').append(token).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(unescaped(token));
            }
        }
        return shown(text.toString());
    }

    /// A child's pointer, its name escaped as RFC 6901 wants it.
    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /// A sender's text made harmless for messages: short, and without control characters.
    static String shown(String text) {
        String cut = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
    }
}
