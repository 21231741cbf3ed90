package io.podwire.house;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The one format of our sources: google-java-format, AOSP style (4 spaces, 100 columns).
///
/// The build checks it in [HouseTest]; `main` rewrites every file that differs.
final class SourceFormat {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.AOSP;
    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(STYLE).formatJavadoc(false).build());

    private SourceFormat() {}

    public static void main(String[] args) throws IOException {
        for (Path source : sources()) {
            String before = Files.readString(source);
            String after = format(source, before);
            if (!before.equals(after)) {
                Files.writeString(source, after);
                System.out.println("formatted " + source);
            }
        }
    }

    static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            return all.filter(path -> path.toString().endsWith(".java")).sorted().toList();
        }
    }

    static boolean formatted(Path source) {
        try {
            String text = Files.readString(source);
            return text.equals(format(source, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String format(Path source, String text) {
        try {
            String imports = ImportOrderer.reorderImports(text, STYLE);
            return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(imports));
        } catch (FormatterException e) {
            throw new IllegalStateException("cannot format " + source, e);
        }
    }
}
