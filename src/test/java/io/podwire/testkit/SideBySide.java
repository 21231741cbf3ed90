package io.podwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Asks many questions of a server, some at once.
public final class SideBySide {
    private static final int AT_ONCE = 12;

    private SideBySide() {}

    /// The answers, in the order of the questions.
    public static <Q, A> List<A> ask(List<Q> questions, Function<Q, A> asked)
            throws InterruptedException, ExecutionException {
        List<Callable<A>> calls =
                questions.stream().<Callable<A>>map(each -> () -> asked.apply(each)).toList();
        List<A> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<A> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
