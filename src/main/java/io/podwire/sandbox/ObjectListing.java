package io.podwire.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/// Answers lists, with selectors and in pages.
///
/// A page goes on after the last key of the page before; unlike a real server it shows the objects of now,
/// not those of the first page's moment.
final class ObjectListing {
    private final ObjectStore store;

    ObjectListing(ObjectStore store) {
        this.store = store;
    }

    ObjectNode list(ResourcePath path, ApiRequest request) {
        Predicate<JsonNode> selector = WatchScope.selector(path, request);
        ObjectStore.Listing listing = store.list(path.kind(), path.namespace());
        String after = decode(request.parameterOr("continue", ""));
        List<ObjectNode> rest =
                listing.objects().stream()
                        .filter(object -> position(object).compareTo(after) > 0)
                        .filter(selector)
                        .toList();
        long limit = limit(request);
        List<ObjectNode> page = rest.stream().limit(limit).toList();

        ObjectNode list =
                Json.object().put("kind", path.kind().singular() + "List").put("apiVersion", "v1");
        ObjectNode metadata =
                list.putObject("metadata")
                        .put("resourceVersion", Long.toString(listing.revision()));
        if (page.size() < rest.size()) {
            metadata.put("continue", encode(position(page.getLast())))
                    .put("remainingItemCount", rest.size() - page.size());
        }
        ArrayNode items = list.putArray("items");
        page.forEach(items::add);
        return list;
    }

    private static long limit(ApiRequest request) {
        long asked = request.parameter("limit").map(Long::parseLong).orElse(0L);
        return asked > 0 ? asked : Long.MAX_VALUE;
    }

    private static String position(JsonNode object) {
        // A blank is smaller than every character of a name, so this is the order of the keys.
        return Json.text(object, "metadata", "namespace")
                + " "
                + Json.text(object, "metadata", "name");
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiFailure.badRequest("continue key is not valid: " + e.getMessage());
        }
    }
}
