package io.podwire.http;

import com.sun.net.httpserver.HttpExchange;

import io.podwire.audit.PodLog;
import io.podwire.audit.Timeline;
import io.podwire.codec.EventEncoder;
import io.podwire.http.History.Reading;
import io.podwire.protocol.PodRef;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page for people who would rather look than read, and what it asks for: reading only, and bounded.
///
/// Thread-safe.
public final class Console {
    private static final String EVENTS = "/api/events";
    private static final String PODS = "/api/pods";
    private static final Pattern ONE_POD =
            Pattern.compile(
                    PODS
                            + "/(?<namespace>[a-z0-9][-a-z0-9]{0,62})"
                            + "/(?<name>[a-z0-9][-.a-z0-9]{0,252})/(?<what>timeline|log)");
    private static final Pattern PARAMETERS = Pattern.compile("&");
    private static final int MOST_PODS = 500;
    private static final int MOST_TEXT = 200;
    private static final long TIMELINE_CHARS = 4 << 20;
    private static final long LOG_CHARS = 1 << 20;

    private final PodTable pods;
    private final History history;
    private final EventStream events;
    private final String namespace;

    /// @param groupId of the events' source
    /// @param namespace of commands that name none
    public Console(
            PodTable pods, History history, LiveEvents live, String groupId, String namespace) {
        this.pods = Objects.requireNonNull(pods, "pods");
        this.history = Objects.requireNonNull(history, "history");
        this.events = new EventStream(live, new EventEncoder(groupId));
        this.namespace = Objects.requireNonNull(namespace, "namespace");
    }

    /// Whether the answer to this has no end.
    static boolean streams(URI uri) {
        return EVENTS.equals(uri.getPath());
    }

    /// See [EventStream#serve].
    Optional<Page> stream(HttpExchange exchange) throws IOException {
        return events.serve(exchange);
    }

    /// The answer; empty where there is no such page.
    Optional<Page> find(URI uri) {
        String path = Objects.requireNonNullElse(uri.getRawPath(), "");
        Matcher pod = ONE_POD.matcher(path);
        if (pod.matches()) {
            PodRef ref = new PodRef(pod.group("namespace"), pod.group("name"));
            return Optional.of(
                    pod.group("what").equals("log") ? log(ref, uri) : timeline(ref, uri));
        }
        return path.equals(PODS) ? Optional.of(list(uri)) : Assets.find(path);
    }

    private Page list(URI uri) {
        String text = parameter(uri, "q").orElse("").strip();
        if (text.length() > MOST_TEXT) {
            return Page.badRequest("q has more than %d characters".formatted(MOST_TEXT));
        }
        return Page.json(200, ConsoleJson.of(pods.search(text, MOST_PODS)));
    }

    private Page timeline(PodRef pod, URI uri) {
        Optional<History.Since> since = Since.of(parameter(uri, "since"));
        if (since.isEmpty()) {
            return Page.badRequest(Since.EXPECTED);
        }
        Timeline timeline = new Timeline(namespace, pod, Optional.empty());
        Reading reading =
                history.read(
                        pod, since.get(), timeline, () -> timeline.heldChars() > TIMELINE_CHARS);
        return switch (reading) {
            case Reading.Unavailable(var why) -> Page.unavailable(why);
            case Reading.Read read -> Page.json(200, ConsoleJson.of(timeline, read));
        };
    }

    private Page log(PodRef pod, URI uri) {
        Optional<History.Since> since = Since.of(parameter(uri, "since"));
        if (since.isEmpty()) {
            return Page.badRequest(Since.EXPECTED);
        }
        PodLog log = new PodLog(pod, parameter(uri, "id"), LOG_CHARS);
        return switch (history.read(pod, since.get(), log, () -> false)) {
            case Reading.Unavailable(var why) -> Page.unavailable(why);
            case Reading.Read read -> Page.json(200, ConsoleJson.of(log, read));
        };
    }

    private static Optional<String> parameter(URI uri, String name) {
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        String beginning = name + "=";
        return PARAMETERS
                .splitAsStream(query)
                .filter(each -> each.startsWith(beginning))
                .findFirst()
                .map(each -> decoded(each.substring(beginning.length())));
    }

    /// What cannot be decoded is taken as it is: it is searched for, and not found.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
