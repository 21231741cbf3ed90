package io.podwire.codec;

import static io.podwire.protocol.ErrorReason.ID_INVALID;
import static io.podwire.protocol.ErrorReason.INVALID_RESOURCES;
import static io.podwire.protocol.ErrorReason.LIMIT_EXCEEDED;
import static io.podwire.protocol.ErrorReason.SCHEMA;
import static io.podwire.protocol.ErrorReason.UNKNOWN_FIELD;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// Turns what breaks a schema into errors, each with a reason, a place and a sentence.
///
/// Values are never repeated, only names of fields.
final class SchemaFindings {
    private static final Pattern RESOURCES =
            Pattern.compile("/data/pod(/(initContainers|sidecars)/[0-9]+)?/resources.*");

    private final Schemas schemas;

    SchemaFindings(Schemas schemas) {
        this.schemas = schemas;
    }

    /// The errors; none where nothing breaks the schema. Unknown fields come first: they tell best what
    /// the sender had in mind.
    ///
    /// @param most how many are told
    List<CommandError> errors(String type, JsonNode message, int most) {
        return schemas.check(type, message).stream()
                .filter(finding -> !repeatsAnother(finding))
                .sorted(Comparator.comparing(finding -> !ofUnknownField(finding)))
                .limit(most) // before sentences are made, which takes time
                .map(finding -> error(finding, message))
                .toList();
    }

    private static boolean ofUnknownField(Error finding) {
        return switch (finding.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" -> true;
            default -> false;
        };
    }

    /// The parts of a `oneOf`, and fields that count as unknown only since another one is wrong.
    private boolean repeatsAnother(Error finding) {
        if (finding.getEvaluationPath().contains("oneOf")
                && !"oneOf".equals(finding.getKeyword())) {
            return true;
        }
        return "unevaluatedProperties".equals(finding.getKeyword())
                && knownNames(finding).contains(finding.getProperty());
    }

    private CommandError error(Error finding, JsonNode message) {
        String pointer = finding.getInstanceLocation().toString();
        return switch (finding.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" -> unknown(finding, pointer);
            case "required" -> missing(Fields.child(pointer, finding.getProperty()));
            case "oneOf" -> at(SCHEMA, pointer, "needs exactly one of " + choices(finding));
            case "type" -> wrongType(finding, pointer, message.at(pointer));
            case "enum" -> at(SCHEMA, pointer, "must be one of " + list(finding.getSchemaNode()));
            case "propertyNames" ->
                    at(SCHEMA, pointer, "has a key that is not allowed: " + name(finding));
            case "const" -> at(SCHEMA, pointer, "must be " + finding.getSchemaNode().asText());
            case "dependentRequired" -> at(reason(pointer), pointer, dependent(finding));
            default -> ofForm(finding, pointer, message.at(pointer));
        };
    }

    private static CommandError missing(String pointer) {
        ErrorReason reason = "/id".equals(pointer) ? ID_INVALID : reason(pointer);
        return at(reason, pointer, "is missing");
    }

    private static ErrorReason reason(String pointer) {
        return RESOURCES.matcher(pointer).matches() ? INVALID_RESOURCES : SCHEMA;
    }

    /// A number may be meant well, where what it lacks is a unit.
    private static CommandError wrongType(Error finding, String pointer, JsonNode value) {
        Optional<String> flaw =
                value.isNumber()
                        ? Forms.flaw(form(finding), pointer, value).map(CommandError::message)
                        : Optional.empty();
        return flaw.map(told -> CommandError.at(SCHEMA, pointer, told))
                .orElseGet(
                        () ->
                                at(
                                        SCHEMA,
                                        pointer,
                                        "must be "
                                                + types(finding.getSchemaNode())
                                                + quotes(finding.getSchemaNode(), value)));
    }

    private static String quotes(JsonNode types, JsonNode value) {
        String allowed = types(types);
        boolean number = allowed.contains("integer") || allowed.contains("number");
        if (number && value.isTextual()) {
            return ", without quotes";
        }
        boolean scalar = value.isNumber() || value.isBoolean();
        return scalar && allowed.equals("string") ? ", in quotes" : "";
    }

    private static String types(JsonNode types) {
        return types.isTextual() ? types.textValue() : list(types).replace(", ", " or ");
    }

    private static String choices(Error finding) {
        return String.join(
                ", ",
                StreamSupport.stream(finding.getSchemaNode().spliterator(), false)
                        .map(choice -> choice.path("required").path(0).asText())
                        .toList());
    }

    private static String list(JsonNode words) {
        return String.join(
                ", ",
                StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText).toList());
    }

    /// The missing field comes first among the arguments, then the one that needs it.
    private static String dependent(Error finding) {
        Object[] names = finding.getArguments();
        return "has %s, which needs %s".formatted(names[1], names[0]);
    }

    private static String name(Error finding) {
        return Fields.shown(Optional.ofNullable(finding.getProperty()).orElse(""));
    }

    private CommandError unknown(Error finding, String parent) {
        String hint =
                Spelling.nearest(finding.getProperty(), knownNames(finding))
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
        String pointer = Fields.child(parent, finding.getProperty());
        return at(UNKNOWN_FIELD, pointer, "is not a field of the contract" + hint);
    }

    private Set<String> knownNames(Error finding) {
        String iri = finding.getSchemaLocation().getAbsoluteIri().toString();
        JsonNode closed = schemas.part(iri, parent(finding));
        Set<String> names = new LinkedHashSet<>();
        closed.path("properties").fieldNames().forEachRemaining(names::add);
        for (JsonNode base : closed.path("allOf")) {
            schemas.part(Schemas.BASE + base.path("$ref").textValue(), "/properties")
                    .fieldNames()
                    .forEachRemaining(names::add);
        }
        return names;
    }

    private static String parent(Error finding) {
        String fragment = finding.getSchemaLocation().getFragment().toString();
        return fragment.substring(0, fragment.lastIndexOf('/'));
    }

    /// A string or number that breaks its form: first what we can say best, then what the schema says.
    private CommandError ofForm(Error finding, String pointer, JsonNode value) {
        return Forms.flaw(form(finding), pointer, value)
                .orElseGet(
                        () ->
                                at(
                                        tooLarge(finding.getKeyword())
                                                ? LIMIT_EXCEEDED
                                                : reason(pointer),
                                        pointer,
                                        sentence(finding)));
    }

    private static String form(Error finding) {
        String schema = parent(finding);
        return schema.substring(schema.lastIndexOf('/') + 1);
    }

    private static boolean tooLarge(String keyword) {
        return switch (keyword) {
            case "maxLength", "maxItems", "maxProperties", "maximum" -> true;
            default -> false;
        };
    }

    private String sentence(Error finding) {
        String bound = finding.getSchemaNode().asText();
        return switch (finding.getKeyword()) {
            case "maxLength" -> "has more than " + bound + " characters";
            case "maxItems", "maxProperties" -> "has more than " + bound + " entries";
            case "maximum" -> "must be at most " + bound;
            case "minimum" -> "must be at least " + bound;
            case "exclusiveMinimum" -> "must be more than " + bound;
            case "minLength" -> "is empty";
            case "minItems" ->
                    "needs at least " + bound + (bound.equals("1") ? " entry" : " entries");
            default -> description(finding);
        };
    }

    private String description(Error finding) {
        String iri = finding.getSchemaLocation().getAbsoluteIri().toString();
        String said = schemas.part(iri, parent(finding)).path("description").asText();
        return Optional.of(said)
                .filter(Predicate.not(String::isEmpty))
                .map(text -> "has not the right form: " + text)
                .orElseGet(() -> "must match " + finding.getSchemaNode().asText());
    }

    private static CommandError at(ErrorReason reason, String pointer, String message) {
        return CommandError.at(reason, pointer, Fields.dotted(pointer) + " " + message);
    }
}
