package io.podwire.policy;

import java.util.regex.Pattern;

/// Service accounts by name or by glob: `*` for any characters, `?` for one.
///
/// @param glob as the setting has it
public record ServiceAccountPattern(String glob) {
    private static final Pattern LEGAL = Pattern.compile("[-a-z0-9.*?]{1,253}");

    public ServiceAccountPattern {
        if (!LEGAL.matcher(glob).matches()) {
            throw new IllegalArgumentException(
                    "neither a service account nor a pattern of names: " + glob);
        }
    }

    public boolean matches(String serviceAccount) {
        return Glob.matches(glob, serviceAccount);
    }
}
