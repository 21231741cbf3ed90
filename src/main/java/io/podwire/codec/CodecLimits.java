package io.podwire.codec;

/// How large a record may be, checked before and while it is parsed.
///
/// @param valueBytes the record's value
/// @param depth nested objects and arrays
/// @param tokens names, values and brackets in all
/// @param stringChars one string
/// @param numberChars one number
/// @param nameChars the name of one field
/// @param headers how many headers a record may have
/// @param headerBytes names and values of all headers together
public record CodecLimits(
        int valueBytes,
        int depth,
        int tokens,
        int stringChars,
        int numberChars,
        int nameChars,
        int headers,
        int headerBytes) {
    public CodecLimits {
        requirePositive("valueBytes", valueBytes);
        requirePositive("depth", depth);
        requirePositive("tokens", tokens);
        requirePositive("stringChars", stringChars);
        requirePositive("numberChars", numberChars);
        requirePositive("nameChars", nameChars);
        requirePositive("headers", headers);
        requirePositive("headerBytes", headerBytes);
    }

    /// The limits that the contract's documentation names.
    public static CodecLimits standard() {
        return new CodecLimits(1 << 20, 64, 50_000, 256 << 10, 32, 320, 128, 64 << 10);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
    }
}
