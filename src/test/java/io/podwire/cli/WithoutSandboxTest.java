package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/// The commands of an image, which has none of dev mode's parts.
class WithoutSandboxTest {
    @Test
    void devSaysThatItIsNotThere() throws IOException, ReflectiveOperationException {
        // Given
        try (ImageClasses classes = new ImageClasses()) {
            Method podwire =
                    classes.loadClass(Typed.class.getName())
                            .getDeclaredMethod("podwire", String[].class);
            podwire.setAccessible(true);

            // When
            Object typed = podwire.invoke(null, (Object) new String[] {"dev"});

            // Then
            assertThat(typed)
                    .hasToString(
                            "Typed[exitCode=2, out=, err=podwire: dev mode is not part of an"
                                    + " image: run ./podwire dev in a source tree\n]");
        }
    }

    /// All that tests have, without the sandbox.
    private static final class ImageClasses extends URLClassLoader {
        private static final String SANDBOX = "io/podwire/sandbox/";

        private ImageClasses() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(ImageClasses::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("no entry of a class path: " + entry, e);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.replace('.', '/').startsWith(SANDBOX)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }

        @Override
        public @Nullable URL findResource(String name) {
            return name.startsWith(SANDBOX) ? null : super.findResource(name);
        }
    }
}
