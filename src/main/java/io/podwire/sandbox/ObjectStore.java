package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The objects of the cluster, one global revision over all of them, and the recent changes.
///
/// Thread-safe. Listeners are called one at a time in the order of the revisions, while the store is locked:
/// they must only hand the change over.
final class ObjectStore {
    /// The objects of one moment and the revision of that moment.
    record Listing(List<ObjectNode> objects, long revision) {}

    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`.
    private final TreeMap<ObjectKey, ObjectNode> objects = new TreeMap<>();

    /// The newest changes, oldest first. Guarded by `lock`.
    private final ArrayDeque<Change> history = new ArrayDeque<>();

    private final CopyOnWriteArrayList<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final int historySize;
    private final Journal journal;

    /// The revision of the newest change. Guarded by `lock`.
    private long revision;

    /// A watch can start at this revision or later. Guarded by `lock`.
    private long oldestStart;

    ObjectStore(int historySize, Journal journal) {
        this.historySize = historySize;
        this.journal = journal;
        for (ObjectNode entry : journal.restored()) {
            Kind kind = Kind.valueOf(Json.text(entry, "kind"));
            ObjectNode object = (ObjectNode) entry.get("object");
            objects.put(ObjectKey.of(kind, object), object);
        }
        // A restarted server has forgotten its changes; starting above keeps revisions increasing.
        revision = journal.restoredRevision() + 100;
        oldestStart = revision;
    }

    /// Runs several calls as one: nobody sees or changes anything in between.
    <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Optional<ObjectNode> find(ObjectKey key) {
        return atomically(() -> Optional.ofNullable(objects.get(key)));
    }

    /// The objects of a kind in key order; an empty namespace means all.
    Listing list(Kind kind, String namespace) {
        return atomically(
                () -> {
                    var first = new ObjectKey(kind, namespace, "");
                    List<ObjectNode> found =
                            objects.tailMap(first, true).entrySet().stream()
                                    .takeWhile(entry -> within(entry.getKey(), first))
                                    .map(java.util.Map.Entry::getValue)
                                    .toList();
                    return new Listing(found, revision);
                });
    }

    private static boolean within(ObjectKey key, ObjectKey scope) {
        return key.kind() == scope.kind()
                && (scope.namespace().isEmpty() || key.namespace().equals(scope.namespace()));
    }

    long revision() {
        return atomically(() -> revision);
    }

    /// Puts a new object in; the caller has checked, within [#atomically], that its name is free.
    ObjectNode add(ObjectKey key, ObjectNode object) {
        return atomically(() -> write(Change.Type.ADDED, key, object, Optional.empty()));
    }

    /// Changes an object if it is still the one with that uid; a change that alters nothing is no write.
    Optional<ObjectNode> update(ObjectKey key, String uid, Consumer<ObjectNode> change) {
        return atomically(
                () -> {
                    Optional<ObjectNode> before = findSame(key, uid);
                    if (before.isEmpty()) {
                        return before;
                    }
                    ObjectNode after = before.get().deepCopy();
                    change.accept(after);
                    if (after.equals(before.get())) {
                        return before;
                    }
                    return Optional.of(write(Change.Type.MODIFIED, key, after, before));
                });
    }

    /// Takes an object out if it is still the one with that uid.
    Optional<ObjectNode> remove(ObjectKey key, String uid) {
        return atomically(
                () -> {
                    Optional<ObjectNode> before = findSame(key, uid);
                    return before.map(
                            last -> write(Change.Type.DELETED, key, last.deepCopy(), before));
                });
    }

    private Optional<ObjectNode> findSame(ObjectKey key, String uid) {
        return find(key).filter(object -> Json.text(object, "metadata", "uid").equals(uid));
    }

    private ObjectNode write(
            Change.Type type, ObjectKey key, ObjectNode object, Optional<ObjectNode> before) {
        revision++;
        Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
        if (type == Change.Type.DELETED) {
            objects.remove(key);
        } else {
            objects.put(key, object);
        }
        var change = new Change(type, key, object, before, revision);
        journal.write(change, objects);
        history.addLast(change);
        while (history.size() > historySize) {
            oldestStart = history.removeFirst().revision();
        }
        listeners.forEach(listener -> listener.accept(change));
        return object;
    }

    /// Calls the listener with every change after a revision, first those that have already happened.
    ///
    /// Fails with 410 when the changes of that time are forgotten. What comes back ends it.
    Runnable subscribe(long afterRevision, Consumer<Change> listener) {
        return atomically(
                () -> {
                    if (afterRevision < oldestStart) {
                        throw ApiFailure.expired(
                                "too old resource version: %d (%d)"
                                        .formatted(afterRevision, oldestStart));
                    }
                    history.stream()
                            .filter(change -> change.revision() > afterRevision)
                            .forEach(listener);
                    listeners.add(listener);
                    return () -> listeners.remove(listener);
                });
    }

    /// Forgets all changes so far, as a compaction does: watches that start earlier are answered 410.
    void compact() {
        atomically(
                () -> {
                    history.clear();
                    oldestStart = revision;
                    return revision;
                });
    }
}
