package io.podwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.Method;
import java.util.Arrays;

class CrashPointTest {
    /// Where a class or method has another name, nothing would be woven and no crash would come.
    @ParameterizedTest
    @EnumSource
    void pointIsInTheCode(CrashPoint point) throws ClassNotFoundException {
        // When
        Class<?> type =
                Class.forName(point.type(), false, Thread.currentThread().getContextClassLoader());

        // Then
        assertThat(Arrays.stream(type.getDeclaredMethods()).map(Method::getName))
                .contains(point.method());
    }
}
