package io.podwire.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes an object with a few of an interface's methods into one of the whole interface; the others are not there.
final class ByName {
    private static final Map<Wanted, Method> FOUND = new ConcurrentHashMap<>();

    private ByName() {}

    /// @param target has public methods of the names and parameters that are called
    static <T> T of(Class<T> type, Object target) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call(target, method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        Method found =
                FOUND.computeIfAbsent(
                        new Wanted(target.getClass(), method),
                        wanted -> find(wanted.type(), wanted.method()));
        try {
            return found.invoke(target, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Method find(Class<?> type, Method method) {
        Method found =
                Arrays.stream(type.getMethods())
                        .filter(each -> each.getName().equals(method.getName()))
                        .filter(
                                each ->
                                        Arrays.equals(
                                                each.getParameterTypes(),
                                                method.getParameterTypes()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new UnsupportedOperationException(
                                                "not simulated: " + method));
        found.setAccessible(true);
        return found;
    }

    private record Wanted(Class<?> type, Method method) {}
}
