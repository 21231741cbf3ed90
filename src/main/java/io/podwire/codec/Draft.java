package io.podwire.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.Await;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.PodRef;

import java.util.Optional;
import java.util.stream.Stream;

/// What somebody has written to be sent: a whole command, or a pod alone, in JSON.
///
/// Whether it is any good, a [Proofreader] tells.
public final class Draft {
    private static final String POD = "/data/pod";

    private final ObjectNode root;
    private final Optional<CommandError> flaw;

    private Draft(ObjectNode root, Optional<CommandError> flaw) {
        this.root = root;
        this.flaw = flaw;
    }

    /// Reads a text; what is no JSON object is a draft too, if a bad one.
    public static Draft of(byte[] text) {
        Parsed parsed = new JsonReader(CodecLimits.standard()).read(text, "");
        return new Draft(parsed.root(), parsed.error());
    }

    ObjectNode root() {
        return root;
    }

    /// Why it could not be read.
    Optional<CommandError> flaw() {
        return flaw;
    }

    /// Whether it is a whole command: it has one of the attributes that no pod has.
    public boolean isCommand() {
        return Stream.of("specversion", "id", "source", "type", "data").anyMatch(root::has);
    }

    /// The command's type; empty where it is a pod alone.
    public String type() {
        return Values.text(root, "type");
    }

    /// Which command it is, where it is a good one.
    public CommandRef command() {
        return new CommandRef(Values.text(root, "source"), Values.text(root, "id"));
    }

    /// The namespace that it names for its pod.
    public Optional<String> namespace() {
        return Values.optionalText(root.at(place()), "namespace");
    }

    /// Where the namespace of its pod stands, or would.
    public String namespacePointer() {
        return place() + "/namespace";
    }

    /// The same with its pod in that namespace.
    public Draft in(String namespace) {
        ObjectNode copy = root.deepCopy();
        if (copy.at(place()) instanceof ObjectNode pod) {
            pod.put("namespace", namespace);
        }
        return new Draft(copy, flaw);
    }

    /// The pod that a good draft with a namespace is about.
    public PodRef pod() {
        JsonNode pod = root.at(place());
        return new PodRef(Values.text(pod, "namespace"), Values.text(pod, "name"));
    }

    /// Where it names its pod.
    private String place() {
        if (!isCommand()) {
            return "";
        }
        return root.at(POD).isObject() ? POD : "/data";
    }

    /// The create that a pod alone stands for.
    public byte[] create(CommandEncoder.Attributes attributes, Optional<Await> await) {
        return new CommandEncoder().create(attributes, root.toString(), await);
    }

    /// A whole command as it is sent.
    public byte[] value() {
        return JsonText.ascii(root.toString());
    }
}
