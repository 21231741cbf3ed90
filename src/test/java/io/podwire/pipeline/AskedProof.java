package io.podwire.pipeline;

import io.podwire.protocol.PodRef;
import io.podwire.watch.PodProof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Proves what the test has said about a uid, and remembers what it was asked. Thread-safe.
///
/// A question that a test has awaited has its answer already: what the test says then is for the next.
final class AskedProof implements PodProof {
    private final Map<String, Proof> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    void answer(String uid, Proof answer) {
        answers.put(uid, answer);
    }

    @Override
    public Proof prove(PodRef pod, String uid) {
        synchronized (asked) {
            asked.add(uid);
        }
        Proof answer = answers.getOrDefault(uid, new Proof.Unknown());
        news.add(uid);
        return answer;
    }

    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    void awaitQuestion(String uid) throws InterruptedException {
        String next = "";
        while (!next.equals(uid)) {
            next = next(uid);
        }
    }

    private String next(String uid) throws InterruptedException {
        String next = news.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("was not asked about " + uid);
        }
        return next;
    }
}
