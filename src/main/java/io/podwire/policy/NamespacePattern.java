package io.podwire.policy;

import java.util.regex.Pattern;

/// Namespaces by name or by glob: `*` for any characters, `?` for one.
///
/// @param glob as the setting has it
public record NamespacePattern(String glob) {
    private static final Pattern NAME = Pattern.compile("[-a-z0-9]*");
    private static final Pattern LEGAL = Pattern.compile("[-a-z0-9*?]{1,63}");

    public NamespacePattern {
        if (!LEGAL.matcher(glob).matches()) {
            throw new IllegalArgumentException(
                    "neither a namespace nor a pattern of names: " + glob);
        }
    }

    /// Whether it can stand for namespaces that are not known by name, which needs wider rights.
    public boolean open() {
        return glob.contains("*") || glob.contains("?");
    }

    public boolean matches(String namespace) {
        return NAME.matcher(namespace).matches() && Glob.matches(glob, namespace);
    }
}
