package io.podwire.codec;

import static io.podwire.codec.Bad.CANARY;
import static io.podwire.codec.Bad.bad;
import static io.podwire.codec.Records.createOf;
import static io.podwire.protocol.ErrorReason.*;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Creates whose PodConfig cannot be meant as it stands.
class BadPodConfigsTest {

    @ParameterizedTest
    @MethodSource({"pods", "probes", "securityContexts", "affinities", "containers"})
    void badInputIsRefusedWithItsReasonAndPlace(Bad bad) {
        // When
        CommandError error = Records.refused(bad.delivery());

        // Then
        bad.assertTold(error);
    }

    static Stream<Bad> pods() {
        return Stream.of(
                pod("imagee", "'" + CANARY + "'", UNKNOWN_FIELD, "/imagee"),
                pod("namespce", "'x'", UNKNOWN_FIELD, "/namespce"),
                pod("podSpec", "{}", UNKNOWN_FIELD, "/podSpec"),
                pod("podSpecPatch", "{}", UNKNOWN_FIELD, "/podSpecPatch"),
                pod("overrides", "{}", UNKNOWN_FIELD, "/overrides"),
                pod("ownerReferences", "[]", UNKNOWN_FIELD, "/ownerReferences"),
                pod("finalizers", "[]", UNKNOWN_FIELD, "/finalizers"),
                pod("generateName", "'x'", UNKNOWN_FIELD, "/generateName"),
                pod("nodeName", "'x'", UNKNOWN_FIELD, "/nodeName"),
                pod("schedulerName", "'x'", UNKNOWN_FIELD, "/schedulerName"),
                pod("ephemeralContainers", "[]", UNKNOWN_FIELD, "/ephemeralContainers"),
                pod("hostNetwork", "true", UNKNOWN_FIELD, "/hostNetwork"),
                pod("hostAliases", "[]", UNKNOWN_FIELD, "/hostAliases"),
                pod("kubeconfig", "'x'", UNKNOWN_FIELD, "/kubeconfig"),
                pod("dnsConfig", "{}", UNKNOWN_FIELD, "/dnsConfig"),
                pod("@type", "'x'", UNKNOWN_FIELD, "/@type"),
                pod("a/b~c", "1", UNKNOWN_FIELD, "/a~1b~0c"),
                pod("image", "", SCHEMA, "/image"),
                pod("image", "''", INVALID_IMAGE, "/image"),
                pod("image", "'host/UPPER'", INVALID_IMAGE, "/image"),
                pod("image", "'a b'", INVALID_IMAGE, "/image"),
                pod("image", "'user@host/x'", INVALID_IMAGE, "/image"),
                pod("image", "'a:b:c'", INVALID_IMAGE, "/image"),
                pod("image", "'a@sha256:12'", INVALID_IMAGE, "/image"),
                pod("image", "'" + "a".repeat(300) + "'", INVALID_IMAGE, "/image"),
                pod("image", "'" + "a".repeat(5000) + "'", INVALID_IMAGE, "/image"),
                pod("image", "7", SCHEMA, "/image"),
                pod("args", "'x'", SCHEMA, "/args"),
                pod("args", "[1]", SCHEMA, "/args/0"),
                bad(
                        "300 kB argument",
                        createOf("args", "['" + "x".repeat(300_000) + "']"),
                        LIMIT_EXCEEDED,
                        ""),
                bad(
                        "3 MB of arguments",
                        createOf("args", many(30, "'" + "x".repeat(100_000) + "'", "[", "]")),
                        LIMIT_EXCEEDED,
                        ""),
                pod("labels", "{'a b':'x'}", SCHEMA, "/labels"),
                pod("labels", "{'a':'" + "x".repeat(64) + "'}", LIMIT_EXCEEDED, "/labels/a"),
                pod("labels", "{'a':'-'}", SCHEMA, "/labels/a"),
                pod("labels", "{'a':'x\\n'}", SCHEMA, "/labels/a"),
                pod("labels", many(1000, "'l%d':'x'", "{", "}"), LIMIT_EXCEEDED, "/labels"),
                pod(
                        "annotations",
                        many(3, "'a%d':'" + "x".repeat(100_000) + "'", "{", "}"),
                        LIMIT_EXCEEDED,
                        "/annotations"),
                order("kubernetes.io/config.mirror"),
                order("scheduler.alpha.kubernetes.io/tolerations"),
                order("controller.kubernetes.io/pod-deletion-cost"),
                order("seccomp.security.alpha.kubernetes.io/pod"),
                order("container.seccomp.security.alpha.kubernetes.io/main"),
                order("container.apparmor.security.beta.kubernetes.io/main"),
                pod("labels", "{'" + "a".repeat(254) + "/b':'x'}", SCHEMA, "/labels"),
                pod("nodeSelector", "{'" + "a".repeat(254) + "/b':'x'}", SCHEMA, "/nodeSelector"),
                pod("env", "[{'name':'A=B','value':'" + CANARY + "'}]", SCHEMA, "/env/0/name"),
                pod("env", "[{'name':'','value':'x'}]", SCHEMA, "/env/0/name"),
                pod("env", "[{'name':'A\\n','value':'x'}]", SCHEMA, "/env/0/name"),
                pod("env", "[{'name':'A'}]", SCHEMA, "/env/0"),
                pod(
                        "env",
                        "[{'name':'A','value':'x','fieldRef':{'fieldPath':'metadata.name'}}]",
                        SCHEMA,
                        "/env/0"),
                pod("env", "[{'name':'A','value':{'x':'" + CANARY + "'}}]", SCHEMA, "/env/0/value"),
                pod(
                        "env",
                        "[{'name':'A','value':'1'},{'name':'A','value':'2'}]",
                        SCHEMA,
                        "/env/1/name"),
                pod(
                        "env",
                        "[{'name':'A','fieldRef':{'fieldPath':'spec.x'}}]",
                        SCHEMA,
                        "/env/0/fieldRef/fieldPath"),
                pod(
                        "env",
                        "[{'name':'A','fieldRef':{'fieldPath':'metadata.labels[\\u0027a b\\u0027]'}}]",
                        SCHEMA,
                        "/env/0/fieldRef/fieldPath"),
                pod("env", "[{'name':'..A','value':'x'}]", SCHEMA, "/env/0/name"),
                pod(
                        "env",
                        "[{'name':'A','secretRef':{'name':'s','key':'..k'}}]",
                        SCHEMA,
                        "/env/0/secretRef/key"),
                pod(
                        "envFrom",
                        "[{'secretRef':{'name':'s'},'prefix':'..'}]",
                        SCHEMA,
                        "/envFrom/0/prefix"),
                pod(
                        "env",
                        many(1001, "{'name':'A%d','value':'x'}", "[", "]"),
                        LIMIT_EXCEEDED,
                        "/env"),
                pod(
                        "env",
                        "[{'name':'A','valeu':'" + CANARY + "'}]",
                        UNKNOWN_FIELD,
                        "/env/0/valeu"),
                pod("restartPolicy", "'never'", SCHEMA, "/restartPolicy"),
                pod("activeDeadline", "'0s'", SCHEMA, "/activeDeadline"),
                pod("activeDeadline", "'-1s'", SCHEMA, "/activeDeadline"),
                pod("activeDeadline", "'10x'", SCHEMA, "/activeDeadline"),
                pod("activeDeadline", "'3650d'", LIMIT_EXCEEDED, "/activeDeadline"),
                pod("activeDeadline", "'99999999999999d'", LIMIT_EXCEEDED, "/activeDeadline"),
                pod("activeDeadline", "60", SCHEMA, "/activeDeadline"),
                pod("ttlAfterFinished", "'0s'", SCHEMA, "/ttlAfterFinished"),
                pod("ttlAfterFinished", "'1w'", SCHEMA, "/ttlAfterFinished"),
                pod("ttlAfterFinished", "3600", SCHEMA, "/ttlAfterFinished"),
                pod("ttlAfterFinished", "'366d'", LIMIT_EXCEEDED, "/ttlAfterFinished"),
                pod("ttlSecondsAfterFinished", "60", UNKNOWN_FIELD, "/ttlSecondsAfterFinished"),
                pod(
                        "terminationGracePeriodSeconds",
                        "1000000000",
                        LIMIT_EXCEEDED,
                        "/terminationGracePeriodSeconds"),
                pod(
                        "terminationGracePeriodSeconds",
                        "-1",
                        SCHEMA,
                        "/terminationGracePeriodSeconds"),
                pod(
                        "tolerations",
                        "[{'operator':'Exists','value':'x'}]",
                        SCHEMA,
                        "/tolerations/0/value"),
                pod("tolerations", "[{}]", SCHEMA, "/tolerations/0"),
                pod(
                        "tolerations",
                        "[{'key':'a','effect':'NoSchedule','tolerationSeconds':1}]",
                        SCHEMA,
                        "/tolerations/0/tolerationSeconds"),
                pod(
                        "tolerations",
                        "[{'key':'a','tolerationSeconds':1}]",
                        SCHEMA,
                        "/tolerations/0/tolerationSeconds"),
                gpuOf("gpu", INVALID_RESOURCES),
                gpuOf("requests.amd.com/gpu", INVALID_RESOURCES),
                gpuOf("kubernetes.io/gpu", INVALID_RESOURCES),
                gpuOf("x.kubernetes.io/gpu", INVALID_RESOURCES),
                gpuOf("a".repeat(245) + "/gpu", INVALID_RESOURCES),
                pod("volumes", "[{'name':'v','mountPath':'/x'}]", SCHEMA, "/volumes/0"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/0/mountPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/safe/../etc','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/0/mountPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'x','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/0/mountPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','hostPath':{'path':'/'}}]",
                        UNKNOWN_FIELD,
                        "/volumes/0/hostPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','subPath':'../y','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/0/subPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','emptyDir':{}},{'name':'w','mountPath':'/x','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/1/mountPath"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','emptyDir':{}},{'name':'v','mountPath':'/y','emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/1/name"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','emptyDir':{'sizeLimit':'64'}}]",
                        INVALID_RESOURCES,
                        "/volumes/0/emptyDir/sizeLimit"),
                pod(
                        "volumes",
                        "[{'name':'v','mountPath':'/x','shm':{'sizeLimit':'64m'}}]",
                        INVALID_RESOURCES,
                        "/volumes/0/shm/sizeLimit"));
    }

    static Stream<Bad> probes() {
        return Stream.of(
                pod("ports", "[{'containerPort':0}]", SCHEMA, "/ports/0/containerPort"),
                pod("ports", "[{'containerPort':65536}]", LIMIT_EXCEEDED, "/ports/0/containerPort"),
                pod("ports", "[{'containerPort':'http'}]", SCHEMA, "/ports/0/containerPort"),
                pod("ports", "[{'name':'http'}]", SCHEMA, "/ports/0/containerPort"),
                pod(
                        "ports",
                        "[{'containerPort':1,'hostPort':1}]",
                        UNKNOWN_FIELD,
                        "/ports/0/hostPort"),
                pod(
                        "ports",
                        "[{'containerPort':1,'hostIP':'x'}]",
                        UNKNOWN_FIELD,
                        "/ports/0/hostIP"),
                pod("ports", "[{'containerPort':1,'protocol':'tcp'}]", SCHEMA, "/ports/0/protocol"),
                pod("ports", "[{'containerPort':1,'name':'HTTP'}]", SCHEMA, "/ports/0/name"),
                pod("ports", "[{'containerPort':1,'name':'8080'}]", SCHEMA, "/ports/0/name"),
                pod("ports", "[{'containerPort':1,'name':'a--b'}]", SCHEMA, "/ports/0/name"),
                pod("ports", "[{'containerPort':1,'name':'a-'}]", SCHEMA, "/ports/0/name"),
                pod("ports", "[{'containerPort':1,'name':'a\\n'}]", SCHEMA, "/ports/0/name"),
                pod(
                        "ports",
                        "[{'containerPort':1,'name':'abcdefghijklmnop'}]",
                        LIMIT_EXCEEDED,
                        "/ports/0/name"),
                pod(
                        "ports",
                        "[{'containerPort':1,'name':'a'},{'containerPort':2,'name':'a'}]",
                        SCHEMA,
                        "/ports/1/name"),
                pod("livenessProbe", "{}", UNKNOWN_FIELD, "/livenessProbe"),
                probe("{'livenes':{}}", UNKNOWN_FIELD, "/livenes"),
                probe("{'liveness':{}}", SCHEMA, "/liveness"),
                probe("{'liveness':{'periodSeconds':1}}", SCHEMA, "/liveness"),
                probe(
                        "{'liveness':{'tcpSocket':{'port':1},'grpc':{'port':1}}}",
                        SCHEMA,
                        "/liveness"),
                probe(
                        "{'liveness':{'httpGet':{'port':1,'host':'10.0.0.1'}}}",
                        UNKNOWN_FIELD,
                        "/liveness/httpGet/host"),
                probe(
                        "{'startup':{'tcpSocket':{'port':1,'host':'10.0.0.1'}}}",
                        UNKNOWN_FIELD,
                        "/startup/tcpSocket/host"),
                probe(
                        "{'liveness':{'tcpSocket':{'port':1},'successThreshold':2}}",
                        SCHEMA,
                        "/liveness/successThreshold"),
                probe(
                        "{'readiness':{'tcpSocket':{'port':1},'terminationGracePeriodSeconds':2}}",
                        UNKNOWN_FIELD,
                        "/readiness/terminationGracePeriodSeconds"),
                probe(
                        "{'startup':{'tcpSocket':{'port':1},'periodSeconds':0}}",
                        SCHEMA,
                        "/startup/periodSeconds"),
                probe("{'startup':{'exec':{'command':[]}}}", SCHEMA, "/startup/exec/command"),
                probe(
                        "{'startup':{'tcpSocket':{'port':65536}}}",
                        LIMIT_EXCEEDED,
                        "/startup/tcpSocket/port"),
                probe(
                        "{'startup':{'tcpSocket':{'port':'http'}}}",
                        SCHEMA,
                        "/startup/tcpSocket/port"),
                probe(
                        "{'readiness':{'httpGet':{'port':'http'}}}",
                        SCHEMA,
                        "/readiness/httpGet/port"),
                probe("{'readiness':{'grpc':{'port':'http'}}}", SCHEMA, "/readiness/grpc/port"),
                probe(
                        "{'readiness':{'httpGet':{'port':1,'httpHeaders':[{'name':'a b','value':'"
                                + CANARY
                                + "'}]}}}",
                        SCHEMA,
                        "/readiness/httpGet/httpHeaders/0/name"),
                probe(
                        "{'readiness':{'httpGet':{'port':1,'httpHeaders':[{'name':'a','value':'"
                                + CANARY
                                + "\\n'}]}}}",
                        SCHEMA,
                        "/readiness/httpGet/httpHeaders/0/value"));
    }

    static Stream<Bad> securityContexts() {
        return Stream.of(
                security("{'privileged':true}", UNKNOWN_FIELD, "/privileged"),
                security("{'procMount':'Unmasked'}", UNKNOWN_FIELD, "/procMount"),
                security("{'sysctls':[]}", UNKNOWN_FIELD, "/sysctls"),
                security("{'seLinuxOptions':{}}", UNKNOWN_FIELD, "/seLinuxOptions"),
                security("{'windowsOptions':{}}", UNKNOWN_FIELD, "/windowsOptions"),
                security("{'runAsUser':-1}", SCHEMA, "/runAsUser"),
                security("{'runAsUser':2147483648}", LIMIT_EXCEEDED, "/runAsUser"),
                security("{'runAsUser':'root'}", SCHEMA, "/runAsUser"),
                security("{'supplementalGroups':[1.5]}", SCHEMA, "/supplementalGroups/0"),
                security("{'fsGroupChangePolicy':'Never'}", SCHEMA, "/fsGroupChangePolicy"),
                security("{'runAsNonRoot':true,'runAsUser':0}", SCHEMA, "/runAsUser"),
                security("{'capabilities':{'add':['CAP_KILL']}}", SCHEMA, "/capabilities/add/0"),
                security("{'capabilities':{'add':['kill']}}", SCHEMA, "/capabilities/add/0"),
                security("{'seccompProfile':{}}", SCHEMA, "/seccompProfile/type"),
                security("{'seccompProfile':{'type':'none'}}", SCHEMA, "/seccompProfile/type"),
                security(
                        "{'seccompProfile':{'type':'Localhost'}}",
                        SCHEMA,
                        "/seccompProfile/localhostProfile"),
                security(
                        "{'seccompProfile':{'type':'Unconfined','localhostProfile':'a'}}",
                        SCHEMA,
                        "/seccompProfile/localhostProfile"),
                security(
                        "{'seccompProfile':{'type':'Localhost','localhostProfile':'/a'}}",
                        SCHEMA,
                        "/seccompProfile/localhostProfile"),
                security(
                        "{'seccompProfile':{'type':'Localhost','localhostProfile':'a/../b'}}",
                        SCHEMA,
                        "/seccompProfile/localhostProfile"),
                security(
                        "{'appArmorProfile':{'type':'Localhost'}}",
                        SCHEMA,
                        "/appArmorProfile/localhostProfile"),
                security(
                        "{'appArmorProfile':{'type':'Localhost','localhostProfile':' a'}}",
                        SCHEMA,
                        "/appArmorProfile/localhostProfile"),
                security(
                        "{'appArmorProfile':{'type':'RuntimeDefault','localhostProfile':'a'}}",
                        SCHEMA,
                        "/appArmorProfile/localhostProfile"));
    }

    static Stream<Bad> affinities() {
        String nodes = "/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";
        String terms = nodes + "/nodeSelectorTerms";
        String apart = "/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution";
        return Stream.of(
                pod("afinity", "{}", UNKNOWN_FIELD, "/afinity"),
                affinity("/nodeAffinit", "{}", UNKNOWN_FIELD, "/nodeAffinit"),
                affinity(terms, "[]", SCHEMA, terms),
                affinity(terms, "[{}]", SCHEMA, terms + "/0/matchExpressions"),
                affinity(terms, "[{'matchFields':[]}]", UNKNOWN_FIELD, terms + "/0/matchFields"),
                nodes("{'key':'a b','operator':'Exists'}", SCHEMA, "/key"),
                nodes("{'key':'a','operator':'in'}", SCHEMA, "/operator"),
                nodes("{'key':'a','operator':'In'}", SCHEMA, "/values"),
                nodes("{'key':'a','operator':'NotIn','values':[]}", SCHEMA, "/values"),
                nodes("{'key':'a','operator':'In','values':['a b']}", SCHEMA, "/values/0"),
                nodes("{'key':'a','operator':'Exists','values':['x']}", SCHEMA, "/values"),
                nodes("{'key':'a','operator':'Gt','values':['1','2']}", SCHEMA, "/values"),
                nodes("{'key':'a','operator':'Lt','values':['x']}", SCHEMA, "/values"),
                nodes("{'key':'a','operator':'Lt'}", SCHEMA, "/values"),
                affinity(
                        "/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution",
                        "[{'weight':1,'preference':{'matchExpressions':["
                                + "{'key':'a','operator':'Gt','values':['x']}]}}]",
                        SCHEMA,
                        "/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution"
                                + "/0/preference/matchExpressions/0/values"),
                affinity(apart, "[{'topologyKey':'a'}]", SCHEMA, apart + "/0/labelSelector"),
                affinity(apart, "[{'labelSelector':{}}]", SCHEMA, apart + "/0/topologyKey"),
                affinity(
                        apart,
                        "[{'labelSelector':{},'topologyKey':'a','namespaces':['x']}]",
                        UNKNOWN_FIELD,
                        apart + "/0/namespaces"),
                affinity(
                        apart,
                        "[{'labelSelector':{'matchExpressions':["
                                + "{'key':'a','operator':'Gt','values':['1']}]},'topologyKey':'a'}]",
                        SCHEMA,
                        apart + "/0/labelSelector/matchExpressions/0/operator"),
                affinity(
                        apart,
                        "[{'labelSelector':{'matchExpressions':["
                                + "{'key':'a','operator':'NotIn'}]},'topologyKey':'a'}]",
                        SCHEMA,
                        apart + "/0/labelSelector/matchExpressions/0/values"),
                affinity(
                        "/podAffinity/preferredDuringSchedulingIgnoredDuringExecution",
                        "[{'weight':101,'podAffinityTerm':{'labelSelector':{},'topologyKey':'a'}}]",
                        LIMIT_EXCEEDED,
                        "/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/weight"),
                affinity(
                        "/podAffinity/preferredDuringSchedulingIgnoredDuringExecution",
                        "[{'weight':1,'podAffinityTerm':{'labelSelector':{'matchExpressions':["
                                + "{'key':'a','operator':'Exists','values':['x']}]},"
                                + "'topologyKey':'a'}}]",
                        SCHEMA,
                        "/podAffinity/preferredDuringSchedulingIgnoredDuringExecution"
                                + "/0/podAffinityTerm/labelSelector/matchExpressions/0/values"));
    }

    private static Bad nodes(String expression, ErrorReason reason, String pointer) {
        String terms =
                "/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
        return affinity(
                terms,
                "[{'matchExpressions':[" + expression + "]}]",
                reason,
                terms + "/0/matchExpressions/0" + pointer);
    }

    /// An affinity that has this value at that place, and nothing else.
    private static Bad affinity(String place, String value, ErrorReason reason, String pointer) {
        String json = value;
        for (String name : List.of(place.substring(1).split("/")).reversed()) {
            json = "{'" + name + "':" + json + "}";
        }
        return pod("affinity", json, reason, "/affinity" + pointer);
    }

    static Stream<Bad> containers() {
        return Stream.of(
                pod("initContainer", "[]", UNKNOWN_FIELD, "/initContainer"),
                pod("initContainers", "{}", SCHEMA, "/initContainers"),
                pod(
                        "sidecars",
                        many(
                                33,
                                "{'name':'s%d','image':'a','resources':{'cpu':1,'memory':1}}",
                                "[",
                                "]"),
                        LIMIT_EXCEEDED,
                        "/sidecars"),
                container("initContainers", "'name':'main'", SCHEMA, "/name"),
                container("initContainers", "'name':'A'", NAME, "/name"),
                container("sidecars", "'name':''", NAME, "/name"),
                container("sidecars", "'image':'A'", INVALID_IMAGE, "/image"),
                container(
                        "sidecars",
                        "'resources':{'cpu':1}",
                        INVALID_RESOURCES,
                        "/resources/memory"),
                container(
                        "sidecars",
                        "'resources':{'cpu':1,'memory':'64'}",
                        INVALID_RESOURCES,
                        "/resources/memory"),
                container(
                        "initContainers",
                        "'resources':{'cpu':1,'memory':'1Mi','requests':{'cpu':2}}",
                        INVALID_RESOURCES,
                        "/resources/requests/cpu"),
                container(
                        "initContainers",
                        "'resources':{'cpu':1,'memory':'1Mi','gpuResource':'amd.com/gpu'}",
                        INVALID_RESOURCES,
                        "/resources"),
                container("initContainers", "'probes':{}", UNKNOWN_FIELD, "/probes"),
                container("initContainers", "'ports':[]", UNKNOWN_FIELD, "/ports"),
                container(
                        "initContainers",
                        "'restartPolicy':'Always'",
                        UNKNOWN_FIELD,
                        "/restartPolicy"),
                container("sidecars", "'restartPolicy':'Always'", UNKNOWN_FIELD, "/restartPolicy"),
                container("sidecars", "'lifecycle':{}", UNKNOWN_FIELD, "/lifecycle"),
                container("sidecars", "'volumes':[]", UNKNOWN_FIELD, "/volumes"),
                container("sidecars", "'env':[{'name':'A'}]", SCHEMA, "/env/0"),
                container(
                        "sidecars",
                        "'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]",
                        SCHEMA,
                        "/env/1/name"),
                container(
                        "sidecars",
                        "'ports':[{'containerPort':1,'hostPort':1}]",
                        UNKNOWN_FIELD,
                        "/ports/0/hostPort"),
                container(
                        "sidecars",
                        "'ports':[{'containerPort':1,'name':'a'},{'containerPort':2,'name':'a'}]",
                        SCHEMA,
                        "/ports/1/name"),
                container(
                        "sidecars",
                        "'probes':{'startup':{'tcpSocket':{'port':'http'}}}",
                        SCHEMA,
                        "/probes/startup/tcpSocket/port"),
                container(
                        "sidecars",
                        "'securityContext':{'privileged':true}",
                        UNKNOWN_FIELD,
                        "/securityContext/privileged"),
                container(
                        "initContainers",
                        "'securityContext':{'fsGroup':1}",
                        UNKNOWN_FIELD,
                        "/securityContext/fsGroup"),
                container(
                        "initContainers",
                        "'securityContext':{'seccompProfile':{'type':'Localhost'}}",
                        SCHEMA,
                        "/securityContext/seccompProfile/localhostProfile"),
                container(
                        "initContainers",
                        "'volumeMounts':[{'name':'v','mountPath':'/x'}]",
                        SCHEMA,
                        "/volumeMounts/0/name"),
                bad(
                        "sidecar's name is an init container's",
                        createOf(
                                "initContainers", "[" + NEXT + "}]", "sidecars", "[" + NEXT + "}]"),
                        SCHEMA,
                        "/data/pod/sidecars/0/name"),
                bad(
                        "root in a pod without",
                        createOf(
                                "securityContext",
                                "{'runAsNonRoot':true}",
                                "sidecars",
                                "[" + NEXT + ",'securityContext':{'runAsUser':0}}]"),
                        SCHEMA,
                        "/data/pod/sidecars/0/securityContext/runAsUser"),
                bad(
                        "root of the pod in a container without",
                        createOf(
                                "securityContext",
                                "{'runAsUser':0}",
                                "sidecars",
                                "[" + NEXT + ",'securityContext':{'runAsNonRoot':true}}]"),
                        SCHEMA,
                        "/data/pod/sidecars/0/securityContext/runAsUser"),
                mount("{'name':'v','mountPath':'/x/../y'}", "/mountPath"),
                mount("{'name':'v','mountPath':'/x','subPath':'../y'}", "/subPath"),
                mount("{'name':'w','mountPath':'/x'}", "/name"),
                bad(
                        "two volumes in one place",
                        createOf(
                                "volumes",
                                "[{'name':'v','emptyDir':{}}]",
                                "sidecars",
                                "["
                                        + NEXT
                                        + ",'volumeMounts':[{'name':'v','mountPath':'/x'},"
                                        + "{'name':'v','mountPath':'//x/./'}]}]"),
                        SCHEMA,
                        "/data/pod/sidecars/0/volumeMounts/1/mountPath"),
                pod("volumes", "[{'name':'v','emptyDir':{}}]", SCHEMA, "/volumes/0"),
                pod(
                        "volumes",
                        "[{'name':'v','readOnly':true,'emptyDir':{}}]",
                        SCHEMA,
                        "/volumes/0"),
                pod("volumes", "[{'name':'v','subPath':'x','emptyDir':{}}]", SCHEMA, "/volumes/0"));
    }

    private static final String NEXT =
            "{'name':'next','image':'a','resources':{'cpu':1,'memory':1}";

    /// One container with this field beside or instead of the least ones.
    private static Bad container(String list, String field, ErrorReason reason, String pointer) {
        String name = field.substring(0, field.indexOf(':'));
        String others =
                Stream.of("'name':'next'", "'image':'a'", "'resources':{'cpu':1,'memory':1}")
                        .filter(other -> !other.startsWith(name))
                        .collect(Collectors.joining(","));
        return pod(list, "[{" + others + "," + field + "}]", reason, "/" + list + "/0" + pointer);
    }

    /// A sidecar's mount, in a pod that has a volume `v`.
    private static Bad mount(String mount, String pointer) {
        return bad(
                "mount " + mount,
                createOf(
                        "volumes",
                        "[{'name':'v','mountPath':'/v','emptyDir':{}}]",
                        "sidecars",
                        "[" + NEXT + ",'volumeMounts':[" + mount + "]}]"),
                SCHEMA,
                "/data/pod/sidecars/0/volumeMounts/0" + pointer);
    }

    private static Bad security(String value, ErrorReason reason, String pointer) {
        return pod("securityContext", value, reason, "/securityContext" + pointer);
    }

    private static Bad probe(String value, ErrorReason reason, String pointer) {
        return pod("probes", value, reason, "/probes" + pointer);
    }

    /// An annotation that Kubernetes would obey.
    private static Bad order(String name) {
        String value = "{'" + name + "':'" + CANARY + "'}";
        return pod("annotations", value, SCHEMA, "/annotations/" + name.replace("/", "~1"));
    }

    private static Bad gpuOf(String resource, ErrorReason reason) {
        String value = "{'cpu':1,'memory':'1Mi','gpu':1,'gpuResource':'" + resource + "'}";
        return pod("resources", value, reason, "/resources/gpuResource");
    }

    private static Bad pod(String field, String value, ErrorReason reason, String pointer) {
        String what = field + "=" + value.substring(0, Math.min(60, value.length()));
        return bad(what, createOf(field, value), reason, "/data/pod" + pointer);
    }

    private static String many(int count, String format, String open, String close) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(format.replace("%d", String.valueOf(i)));
        }
        return open + String.join(",", all) + close;
    }
}
