package io.podwire.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Secrets planted where a command may carry them, to be found again nowhere.
public final class Canaries {
    /// Part of every planted secret.
    public static final String MARK = "c4n4ry-s3cr3t";

    /// With characters that are written in different ways.
    public static final String AWKWARD = MARK + "-awkward \"<&>\\\n\té";

    private Canaries() {}

    /// Whether the text has a planted secret, as it is or in Base64.
    public static boolean in(String text) {
        return text.contains(MARK) || encoded().anyMatch(text::contains);
    }

    /// What Base64 makes of it, wherever in a text it stands.
    private static Stream<String> encoded() {
        return IntStream.range(0, 3)
                .mapToObj(
                        before -> {
                            byte[] text =
                                    ("x".repeat(before) + MARK).getBytes(StandardCharsets.UTF_8);
                            String all = Base64.getEncoder().withoutPadding().encodeToString(text);
                            // Its neighbours have a part in the first and in the last characters.
                            return all.substring(before == 0 ? 0 : before + 1, all.length() - 2);
                        });
    }

    /// Creates that are refused because of the field that has the secret, or of one beside it.
    public static List<String> badCreates() {
        return Stream.of(
                        "'secrte':'SECRET'",
                        "'secrets':{'a':['SECRET',{'b':'SECRET'}]}",
                        "'env':[{'name':'A','value':{'x':'SECRET'}}]",
                        "'env':[{'name':'A','value':['SECRET']}]",
                        "'env':[{'name':'A','valeu':'SECRET'}]",
                        "'env':[{'name':'A=B','value':'SECRET'}]",
                        "'env':[{'name':'A=SECRET','value':'x'}]",
                        "'env':[{'name':'A','value':'SECRET','fieldRef':{'fieldPath':'spec.nodeName'}}]",
                        "'env':[{'name':'A','value':'SECRET'},{'name':'A','value':'SECRET'}]",
                        "'env':[{'name':'A','value':'SECRET\\u0000'}]",
                        "'env':[{'name':'A','value':'SECRET\\ud800'}]",
                        "'env':[{'name':'A','value':'SECRET'}],'restartPolicy':'SECRET'",
                        "'env':[{'name':'A','value':'SECRET'}],'activeDeadline':'0s'",
                        "'env':[{'name':'A','value':'SECRET" + "x".repeat(300_000) + "'}]",
                        "'env':{'A':'SECRET'}",
                        "'env':['A=SECRET']",
                        "'env':'SECRET'",
                        "'env':[{'name':'A','secretRef':'SECRET'}]",
                        "'envFrom':'SECRET'",
                        "'env':[{'name':'A','value':SECRET}]",
                        "'env':[{'name':'A','value':'SECRET}]",
                        "'env':[{'name':'A','value':'SECRET'}]]",
                        "'env':[{'name':'A','value':'\\qSECRET'}]",
                        "'env':[{'name':'A','value':'a\nSECRET'}]",
                        "'env':[{'name':'A','value':'SECRET','value':'SECRET'}]",
                        "'sidecars':[{'name':'s','env':[{'name':'A','value':{'x':'SECRET'}}]}]",
                        "'probes':{'liveness':{'httpGet':{'port':1,'httpHeaders':"
                                + "[{'name':'a b','value':'SECRET'}]}}}",
                        "'probes':{'liveness':{'httpGet':{'port':1,'httpHeaders':"
                                + "[{'name':'a','value':'SECRET\\n'}]}}}")
                .map(field -> create("bad", "{'pod':{'name':'bad'," + field + "," + REST + "}}"))
                .toList();
    }

    /// What is no command at all, and has the secret somewhere.
    public static List<String> noCommands() {
        return Stream.concat(
                        Stream.of("SECRET", "'SECRET'", "['SECRET']", "{'a':SECRET", "{SECRET:1}"),
                        Stream.of(
                                create("bad", "'SECRET'"),
                                create("bad", "{'pod':'SECRET'}"),
                                create("bad", "{'pod':{'name':'bad'," + REST + "}} SECRET"),
                                create("bad", "{'pod':{}},'password':'SECRET'"),
                                create("bad", "{'pod':{}},'expirytime':'SECRET'")))
                .map(Canaries::json)
                .toList();
    }

    private static final String REST =
            "'image':'busybox:1.36','resources':{'cpu':'1m','memory':'1Mi'}";

    private static String create(String id, String data) {
        return json(
                "{'specversion':'1.0','id':'"
                        + id
                        + "','source':'/canaries','type':'io.podwire.pod.create.v1','data':"
                        + data
                        + "}");
    }

    /// JSON with single quotes, and `SECRET` where the secret is.
    public static String json(String text) {
        return text.replace('\'', '"').replace("SECRET", MARK);
    }
}
