package io.podwire.sandbox;

import static io.podwire.sandbox.ClusterUnderTest.shell;
import static io.podwire.sandbox.ClusterUnderTest.unique;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What watches and lists tell.
interface WatchContract extends ClusterUnderTest {
    record Seen(String action, Pod pod) {}

    /// Collects what a watch tells.
    final class Events implements Watcher<Pod> {
        private final BlockingQueue<Seen> queue = new LinkedBlockingQueue<>();

        @Override
        public void eventReceived(Action action, Pod pod) {
            queue.add(new Seen(action.name(), pod));
        }

        @Override
        public void onClose(WatcherException cause) {
            queue.add(new Seen("CLOSED " + cause.isHttpGone(), new Pod()));
        }

        /// All events up to the first with this action.
        List<Seen> until(String action) throws InterruptedException {
            List<Seen> seen = new ArrayList<>();
            while (seen.isEmpty() || !seen.getLast().action().equals(action)) {
                Seen next = queue.poll(SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("no " + action + " after " + seen);
                }
                seen.add(next);
            }
            return seen;
        }
    }

    private static Pod labelled(String name, String value) {
        return new PodBuilder(shell(name, "true"))
                .editMetadata()
                .addToLabels("part", value)
                .endMetadata()
                .build();
    }

    private Watch watch(String label, Events events) {
        return client().pods().inNamespace(namespace()).withLabel("part", label).watch(events);
    }

    @Test
    default void aWatchTellsALifeInOrder() throws InterruptedException {
        // Given
        String name = unique("life");
        var events = new Events();
        try (Watch _ = watch(name, events)) {
            // When
            create(labelled(name, name));
            awaitPhase(name, "Succeeded");
            pod(name).delete();

            // Then
            List<Seen> seen = events.until("DELETED");
            assertThat(seen.getFirst().action()).isEqualTo("ADDED");
            assertThat(seen.stream().map(Seen::pod).map(WatchContract::revision))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(seen.stream().map(each -> each.pod().getStatus().getPhase()).distinct())
                    .startsWith("Pending")
                    .endsWith("Succeeded");
        }
    }

    private static long revision(Pod pod) {
        return Long.parseLong(pod.getMetadata().getResourceVersion());
    }

    @Test
    default void leavingTheSelectorIsToldAsDeletedAndEnteringAsAdded() throws InterruptedException {
        // Given
        String name = unique("moves");
        create(
                new PodBuilder(labelled(name, name))
                        .editSpec()
                        .addToNodeSelector("no-such", "node")
                        .endSpec()
                        .build());
        var events = new Events();
        try (Watch _ = watch(name, events)) {
            events.until("ADDED");

            // When
            label(name, "elsewhere");
            Seen left = events.until("DELETED").getLast();
            label(name, name);
            Seen back = events.until("ADDED").getLast();

            // Then
            assertThat(left.pod().getMetadata().getLabels()).containsEntry("part", name);
            assertThat(revision(back.pod())).isGreaterThan(revision(left.pod()));
        }
    }

    private void label(String name, String value) {
        pod(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"part\":\"%s\"}}}".formatted(value));
    }

    /// Makes the API server forget its first revisions, if it has not yet.
    void forgetOldRevisions() throws InterruptedException;

    @Test
    @ResourceLock(API_SERVER)
    default void aWatchFromAForgottenRevisionIsGone() throws InterruptedException {
        // Given
        forgetOldRevisions();
        var events = new Events();
        var options = new ListOptionsBuilder().withResourceVersion("1").build();

        // When
        try (Watch _ = client().pods().inNamespace(namespace()).watch(options, events)) {
            // Then
            events.until("CLOSED true");
        }
    }

    @Test
    default void aWatchGoesOnFromAListWithoutAGap() throws InterruptedException {
        // Given
        String name = unique("gapless");
        String from =
                client().pods().inNamespace(namespace()).list().getMetadata().getResourceVersion();
        create(labelled(name, name));
        awaitPhase(name, "Succeeded");
        var events = new Events();
        var options = new ListOptionsBuilder().withResourceVersion(from).build();

        // When
        try (Watch _ =
                client().pods()
                        .inNamespace(namespace())
                        .withLabel("part", name)
                        .watch(options, events)) {
            // Then
            assertThat(events.until("MODIFIED").getFirst().action()).isEqualTo("ADDED");
        }
    }

    @Test
    default void aWatchOverPlainHttpEndsAtItsTimeout() {
        // When
        Answer answer =
                get(
                        "/api/v1/namespaces/%s/pods?watch=true&timeoutSeconds=1&labelSelector=part=none"
                                .formatted(namespace()));

        // Then
        assertThat(answer).isEqualTo(new Answer(200, ""));
    }

    @Test
    default void anInformerSeesThePodsOfItsLabels() throws InterruptedException {
        // Given
        String one = unique("one");
        String two = unique("two");
        create(labelled(one, one));
        create(labelled(two, two));
        var added = new LinkedBlockingQueue<String>();
        try (var _ =
                client().pods()
                        .inNamespace(namespace())
                        .withLabelIn("part", one, "x")
                        .inform(
                                new ResourceEventHandler<Pod>() {
                                    @Override
                                    public void onAdd(Pod pod) {
                                        added.add(pod.getMetadata().getName());
                                    }

                                    @Override
                                    public void onUpdate(Pod before, Pod after) {}

                                    @Override
                                    public void onDelete(Pod pod, boolean unknown) {
                                        added.add("deleted " + pod.getMetadata().getName());
                                    }
                                })) {
            // When
            awaitPhase(one, "Succeeded");
            pod(one).delete();

            // Then
            assertThat(added.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo(one);
            assertThat(added.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("deleted " + one);
        }
    }

    @Test
    default void listsHonourSelectorsAndPages() {
        // Given
        String group = unique("group");
        for (int i = 0; i < 3; i++) {
            create(labelled(group + "-" + i, group));
            awaitPhase(group + "-" + i, "Succeeded");
        }

        // When
        var pods = client().pods().inNamespace(namespace());
        var all = pods.withLabelNotIn("part", "x").withLabel("part", group).list().getItems();
        var first =
                pods.withLabel("part", group).list(new ListOptionsBuilder().withLimit(2L).build());
        var rest =
                pods.withLabel("part", group)
                        .list(
                                new ListOptionsBuilder()
                                        .withLimit(2L)
                                        .withContinue(first.getMetadata().getContinue())
                                        .build());
        var byField =
                pods.withLabel("part", group)
                        .withField("metadata.name", group + "-1")
                        .withField("status.phase", "Succeeded")
                        .list()
                        .getItems();

        // Then
        assertThat(all).hasSize(3);
        assertThat(first.getItems()).hasSize(2);
        assertThat(rest.getItems()).hasSize(1);
        assertThat(byField).hasSize(1);
    }
}
