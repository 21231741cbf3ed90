package io.podwire.codec;

import static io.podwire.codec.Records.command;
import static io.podwire.codec.Records.createOf;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.AffinityConfig;
import io.podwire.protocol.AffinityConfig.Expression;
import io.podwire.protocol.AffinityConfig.NodeTerm;
import io.podwire.protocol.AffinityConfig.Nodes;
import io.podwire.protocol.AffinityConfig.PodTerm;
import io.podwire.protocol.AffinityConfig.Pods;
import io.podwire.protocol.AffinityConfig.Weighted;
import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.ContainerConfig;
import io.podwire.protocol.ContainerConfig.Port;
import io.podwire.protocol.ContainerConfig.Probes;
import io.podwire.protocol.ContainerConfig.VolumeMount;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodConfig;
import io.podwire.protocol.PodConfig.Env;
import io.podwire.protocol.PodConfig.EnvFrom;
import io.podwire.protocol.PodConfig.Volume;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.ProbeConfig;
import io.podwire.protocol.ProbeConfig.Action;
import io.podwire.protocol.SecurityConfig;
import io.podwire.protocol.Trace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class CommandDecoderTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void createTakesItsDefaults() {
        // When
        Command command = Records.valid(createOf());

        // Then
        assertThat(command)
                .isInstanceOfSatisfying(
                        CreatePod.class,
                        create -> {
                            assertThat(create.pod()).isEqualTo(new PodRef("jobs", "train"));
                            assertThat(create.await()).isEmpty();
                            assertThat(create.expiry()).isEmpty();
                            assertThat(create.config().restartPolicy())
                                    .isEqualTo(PodConfig.RestartPolicy.NEVER);
                            assertThat(create.config().resources())
                                    .isEqualTo(
                                            new PodConfig.Resources(
                                                    "1",
                                                    "64Mi",
                                                    OptionalInt.empty(),
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Map.of()));
                        });
    }

    @Test
    void createCarriesEveryFieldOfThePod() {
        // Given
        String json =
                createOf(
                        "namespace",
                        "'ml'",
                        "command",
                        "['sh','-c']",
                        "args",
                        "['true']",
                        "workingDir",
                        "'/w'",
                        "resources",
                        "{'cpu':0.5,'memory':512,'gpu':2,'gpuResource':'amd.com/gpu',"
                                + "'ephemeralStorage':'1Gi','requests':{'cpu':'100m','memory':256,"
                                + "'ephemeralStorage':'1Mi'}}",
                        "env",
                        "[{'name':'A','value':''},{'name':'B','secretRef':{'name':'s','key':'k'}},"
                                + "{'name':'C','configMapRef':{'name':'m','key':'k'}},"
                                + "{'name':'D','fieldRef':{'fieldPath':'metadata.name'}}]",
                        "envFrom",
                        "[{'secretRef':{'name':'s'},'prefix':'P_'},{'configMapRef':{'name':'m'}}]",
                        "volumes",
                        "[{'name':'a','mountPath':'/a','emptyDir':{'sizeLimit':'1Gi'}},"
                                + "{'name':'b','mountPath':'/b','readOnly':true,'subPath':'x',"
                                + "'persistentVolumeClaim':{'claimName':'c'}},"
                                + "{'name':'c','mountPath':'/c','configMap':{'name':'m'}},"
                                + "{'name':'d','mountPath':'/d','secret':{'secretName':'s'}},"
                                + "{'name':'e','mountPath':'/dev/shm','shm':{'sizeLimit':64}},"
                                + "{'name':'f','emptyDir':{}}]",
                        "labels",
                        "{'team':'ml'}",
                        "annotations",
                        "{'note':'x y'}",
                        "ports",
                        "[{'name':'http','containerPort':8080},"
                                + "{'containerPort':53,'protocol':'UDP'}]",
                        "probes",
                        "{'liveness':{'httpGet':{'port':'http','path':'/up','scheme':'HTTPS',"
                                + "'httpHeaders':[{'name':'Host','value':'x'}]},"
                                + "'initialDelaySeconds':0,'timeoutSeconds':2,'periodSeconds':3,"
                                + "'successThreshold':1,'failureThreshold':5,"
                                + "'terminationGracePeriodSeconds':6},"
                                + "'readiness':{'tcpSocket':{'port':8080},'successThreshold':2},"
                                + "'startup':{'exec':{'command':['true']}}}",
                        "securityContext",
                        "{'runAsUser':1000,'runAsGroup':100,'runAsNonRoot':true,'fsGroup':2000,"
                                + "'fsGroupChangePolicy':'Always',"
                                + "'supplementalGroups':[0,2147483647],"
                                + "'seccompProfile':{'type':'Localhost','localhostProfile':'a.json'},"
                                + "'appArmorProfile':{'type':'Unconfined'},"
                                + "'allowPrivilegeEscalation':true,'readOnlyRootFilesystem':false,"
                                + "'capabilities':{'add':['CHOWN'],'drop':['ALL','KILL']}}",
                        "initContainers",
                        "[{'name':'first','image':'a','command':['b'],'args':['c'],"
                                + "'workingDir':'/d','resources':{'cpu':1,'memory':1,'gpu':1},"
                                + "'env':[{'name':'A','value':'x'}],"
                                + "'envFrom':[{'configMapRef':{'name':'m'}}],"
                                + "'volumeMounts':[{'name':'a','mountPath':'/x','readOnly':true,"
                                + "'subPath':'y'}],'securityContext':{'runAsUser':7},"
                                + "'imagePullPolicy':'Never'}]",
                        "sidecars",
                        "[{'name':'beside','image':'a','resources':{'cpu':1,'memory':1},"
                                + "'volumeMounts':[{'name':'f','mountPath':'/f'}],"
                                + "'ports':[{'containerPort':1}],'probes':{'startup':"
                                + "{'exec':{'command':['up']}}}}]",
                        "restartPolicy",
                        "'OnFailure'",
                        "activeDeadline",
                        "'90m'",
                        "terminationGracePeriodSeconds",
                        "5",
                        "imagePullPolicy",
                        "'Always'",
                        "imagePullSecrets",
                        "['regcred']",
                        "serviceAccount",
                        "'runner'",
                        "nodeSelector",
                        "{'zone':'a'}",
                        "tolerations",
                        "[{'key':'gpu','operator':'Equal','value':'x','effect':'NoExecute',"
                                + "'tolerationSeconds':7}]",
                        "affinity",
                        "{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "{'nodeSelectorTerms':[{'matchExpressions':["
                                + "{'key':'arch','operator':'In','values':['a','b']}]}]},"
                                + "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,"
                                + "'preference':{'matchExpressions':["
                                + "{'key':'gib','operator':'Gt','values':['40']}]}}]},"
                                + "'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                                + "[{'labelSelector':{},'topologyKey':'zone'}]},"
                                + "'podAntiAffinity':"
                                + "{'preferredDuringSchedulingIgnoredDuringExecution':"
                                + "[{'weight':100,'podAffinityTerm':{'labelSelector':"
                                + "{'matchLabels':{'a':'b'},'matchExpressions':["
                                + "{'key':'c','operator':'Exists'}]},'topologyKey':'host'}}]}}",
                        "priorityClass",
                        "'high'",
                        "runtimeClass",
                        "'nvidia'",
                        "ttlAfterFinished",
                        "'36h'");

        // When
        PodConfig config = ((CreatePod) Records.valid(json)).config();

        // Then
        assertThat(config)
                .isEqualTo(
                        new PodConfig(
                                "train",
                                Optional.of("ml"),
                                "busybox:1.36",
                                List.of("sh", "-c"),
                                List.of("true"),
                                Optional.of("/w"),
                                new PodConfig.Resources(
                                        "500m",
                                        "512Mi",
                                        OptionalInt.of(2),
                                        Optional.of("amd.com/gpu"),
                                        Optional.of("1Gi"),
                                        Map.of(
                                                "cpu", "100m",
                                                "memory", "256Mi",
                                                "ephemeral-storage", "1Mi")),
                                List.of(
                                        new Env("A", new Env.Value.Literal("")),
                                        new Env("B", new Env.Value.SecretRef("s", "k")),
                                        new Env("C", new Env.Value.ConfigMapRef("m", "k")),
                                        new Env("D", new Env.Value.FieldRef("metadata.name"))),
                                List.of(
                                        new EnvFrom.Secret("s", Optional.of("P_")),
                                        new EnvFrom.ConfigMap("m", Optional.empty())),
                                volumes(),
                                volumeMounts(),
                                List.of(
                                        new Port(Optional.of("http"), 8080, Optional.empty()),
                                        new Port(Optional.empty(), 53, Optional.of("UDP"))),
                                probes(),
                                security(),
                                List.of(initContainer()),
                                List.of(sidecar()),
                                Map.of("team", "ml"),
                                Map.of("note", "x y"),
                                PodConfig.RestartPolicy.ON_FAILURE,
                                Optional.of(Duration.ofMinutes(90)),
                                OptionalLong.of(5),
                                Optional.of("Always"),
                                List.of("regcred"),
                                Optional.of("runner"),
                                Map.of("zone", "a"),
                                List.of(
                                        new PodConfig.Toleration(
                                                Optional.of("gpu"),
                                                Optional.of("Equal"),
                                                Optional.of("x"),
                                                Optional.of("NoExecute"),
                                                OptionalLong.of(7))),
                                affinity(),
                                Optional.of("high"),
                                Optional.of("nvidia"),
                                Optional.of(Duration.ofHours(36))));
    }

    private static List<Volume> volumes() {
        return List.of(
                new Volume("a", new Volume.Source.EmptyDir(Optional.of("1Gi"))),
                new Volume("b", new Volume.Source.PersistentVolumeClaim("c")),
                new Volume("c", new Volume.Source.ConfigMap("m")),
                new Volume("d", new Volume.Source.Secret("s")),
                new Volume("e", new Volume.Source.Shm("64Mi")),
                new Volume("f", new Volume.Source.EmptyDir(Optional.empty())));
    }

    private static List<VolumeMount> volumeMounts() {
        return List.of(
                mount("a", "/a"),
                new VolumeMount("b", "/b", true, Optional.of("x")),
                mount("c", "/c"),
                mount("d", "/d"),
                mount("e", "/dev/shm"));
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMount(name, path, false, Optional.empty());
    }

    private static Probes probes() {
        return new Probes(
                Optional.of(
                        new ProbeConfig(
                                new Action.HttpGet(
                                        new ProbeConfig.Port.Named("http"),
                                        Optional.of("/up"),
                                        Optional.of("HTTPS"),
                                        List.of(new ProbeConfig.HttpHeader("Host", "x"))),
                                OptionalInt.of(0),
                                OptionalInt.of(2),
                                OptionalInt.of(3),
                                OptionalInt.of(1),
                                OptionalInt.of(5),
                                OptionalInt.of(6))),
                Optional.of(
                        new ProbeConfig(
                                new Action.TcpSocket(new ProbeConfig.Port.Numbered(8080)),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(2),
                                OptionalInt.empty(),
                                OptionalInt.empty())),
                Optional.of(untimed(new Action.Exec(List.of("true")))));
    }

    private static SecurityConfig security() {
        return new SecurityConfig(
                new SecurityConfig.Identity(
                        OptionalLong.of(1000), OptionalLong.of(100), Optional.of(true)),
                Optional.of(new SecurityConfig.Profile("Localhost", Optional.of("a.json"))),
                Optional.of(new SecurityConfig.Profile("Unconfined", Optional.empty())),
                new SecurityConfig.Rights(
                        Optional.of(true),
                        Optional.of(false),
                        List.of("CHOWN"),
                        List.of("ALL", "KILL")),
                new SecurityConfig.FileGroups(
                        OptionalLong.of(2000), Optional.of("Always"), List.of(0L, 2147483647L)));
    }

    private static AffinityConfig affinity() {
        NodeTerm required = new NodeTerm(List.of(new Expression("arch", "In", List.of("a", "b"))));
        NodeTerm preferred = new NodeTerm(List.of(new Expression("gib", "Gt", List.of("40"))));
        PodTerm any = new PodTerm(Map.of(), List.of(), "zone");
        PodTerm some =
                new PodTerm(
                        Map.of("a", "b"),
                        List.of(new Expression("c", "Exists", List.of())),
                        "host");
        return new AffinityConfig(
                new Nodes(List.of(required), List.of(new Weighted<>(1, preferred))),
                new Pods(List.of(any), List.of()),
                new Pods(List.of(), List.of(new Weighted<>(100, some))));
    }

    private static ContainerConfig initContainer() {
        return new ContainerConfig(
                "first",
                "a",
                List.of("b"),
                List.of("c"),
                Optional.of("/d"),
                resources(OptionalInt.of(1)),
                List.of(new Env("A", new Env.Value.Literal("x"))),
                List.of(new EnvFrom.ConfigMap("m", Optional.empty())),
                List.of(new VolumeMount("a", "/x", true, Optional.of("y"))),
                List.of(),
                Probes.NONE,
                new SecurityConfig(
                        new SecurityConfig.Identity(
                                OptionalLong.of(7), OptionalLong.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        SecurityConfig.Rights.NONE,
                        SecurityConfig.FileGroups.NONE),
                Optional.of("Never"));
    }

    private static ContainerConfig sidecar() {
        return new ContainerConfig(
                "beside",
                "a",
                List.of(),
                List.of(),
                Optional.empty(),
                resources(OptionalInt.empty()),
                List.of(),
                List.of(),
                List.of(mount("f", "/f")),
                List.of(new Port(Optional.empty(), 1, Optional.empty())),
                new Probes(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(untimed(new Action.Exec(List.of("up"))))),
                SecurityConfig.NONE,
                Optional.empty());
    }

    private static PodConfig.Resources resources(OptionalInt gpu) {
        return new PodConfig.Resources(
                "1", "1Mi", gpu, Optional.empty(), Optional.empty(), Map.of());
    }

    private static ProbeConfig untimed(Action action) {
        OptionalInt none = OptionalInt.empty();
        return new ProbeConfig(action, none, none, none, none, none, none);
    }

    @Test
    void probeMayAskByGrpc() {
        // When
        Command command =
                Records.valid(
                        createOf("probes", "{'liveness':{'grpc':{'port':9000,'service':'up'}}}"));

        // Then
        assertThat(((CreatePod) command).config().probes().liveness())
                .contains(untimed(new Action.Grpc(9000, Optional.of("up"))));
    }

    @ParameterizedTest
    @CsvSource({
        "2,2",
        "0.5,500m",
        "1.25,1250m",
        "1e1,10",
        "'''250m''',250m",
        "'''1.5''',1.5",
        "0.001,1m"
    })
    void numberOfCoresBecomesAQuantity(String written, String read) {
        // When
        Command command =
                Records.valid(createOf("resources", "{'cpu':" + written + ",'memory':1}"));

        // Then
        assertThat(((CreatePod) command).config().resources().cpu()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "512,512Mi",
        "512.0,512Mi",
        "'''1.5Gi''',1.5Gi",
        "'''1e9''',1e9",
        "'''2G''',2G",
        "'''1.0000000001Gi''',1.0000000001Gi"
    })
    void numberOfMebibytesBecomesAQuantity(String written, String read) {
        // When
        Command command =
                Records.valid(createOf("resources", "{'cpu':1,'memory':" + written + "}"));

        // Then
        assertThat(((CreatePod) command).config().resources().memory()).isEqualTo(read);
    }

    @Test
    void longestKeyOfALabelIsRead() {
        // Given
        String key = "d".repeat(253) + "/" + "k".repeat(63);

        // When
        Command command = Records.valid(createOf("labels", "{'" + key + "':'x'}"));

        // Then
        assertThat(((CreatePod) command).config().labels()).containsEntry(key, "x");
    }

    @Test
    void awaitWithoutATimeoutLastsFiveMinutes() {
        // When
        Command command =
                Records.valid(
                        command(
                                "io.podwire.pod.get.v1",
                                "{'name':'train','view':'manifest','await':{'state':'Finished'}}"));

        // Then
        assertThat(command)
                .isInstanceOfSatisfying(
                        Command.GetPod.class,
                        get -> {
                            assertThat(get.view()).isEqualTo(Command.View.MANIFEST);
                            assertThat(get.await())
                                    .contains(
                                            new Await(Await.State.FINISHED, Duration.ofMinutes(5)));
                        });
    }

    @Test
    void deleteSaysHowFarToGo() {
        // When
        Command command =
                Records.valid(
                        command(
                                "io.podwire.pod.delete.v1",
                                "{'namespace':'ml','name':'a','uid':'u-1','gracePeriodSeconds':0,"
                                        + "'force':true,'await':'Accepted','timeout':'1500ms'}"));

        // Then
        assertThat(command)
                .isEqualTo(
                        new Command.DeletePod(
                                command.origin(),
                                Optional.empty(),
                                new PodRef("ml", "a"),
                                Optional.of("u-1"),
                                OptionalLong.of(0),
                                Command.Deletion.FORCED,
                                Command.DeleteEnd.ACCEPTED,
                                Optional.of(Duration.ofMillis(1500))));
    }

    @Test
    void logsCountSinceFromTheRecordsOwnTime() {
        // When
        Command command =
                Records.valid(
                        command(
                                "io.podwire.pod.logs.v1",
                                "{'name':'a','container':'c','tailLines':0,'sinceSeconds':60,"
                                        + "'follow':true,'timestamps':true,'previous':true,"
                                        + "'limitBytes':9,'timeout':'2h'}"));

        // Then
        assertThat(((Command.ReadLogs) command).request())
                .isEqualTo(
                        new LogRequest(
                                new LogRequest.Selection.Named("c"),
                                OptionalLong.of(0),
                                Optional.of(Records.TIMESTAMP.minusSeconds(60)),
                                LogRequest.Follow.YES,
                                LogRequest.Timestamps.YES,
                                LogRequest.Instance.PREVIOUS,
                                OptionalLong.of(9),
                                Optional.of(Duration.ofHours(2))));
    }

    @Test
    void cancelNamesItsTarget() {
        // When
        Command command =
                Records.valid(
                        command(
                                "io.podwire.command.cancel.v1",
                                "{'name':'a','command':{'source':'/s','id':'c-0'}}"));

        // Then
        assertThat(((Command.CancelCommand) command).target())
                .isEqualTo(new CommandRef("/s", "c-0"));
    }

    @Test
    void binaryModeIsTheSameCommand() {
        // Given
        Delivery binary =
                Records.bytes(
                        Records.json("{'pod':" + Records.pod() + "}")
                                .getBytes(StandardCharsets.UTF_8),
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        "c-1",
                        "ce_source",
                        "/tests",
                        "ce_type",
                        "io.podwire.pod.create.v1",
                        "content-type",
                        "application/json",
                        "principal",
                        "admin");

        // When
        Command command = Records.valid(binary);

        // Then
        assertThat(command).isEqualTo(Records.valid(createOf()));
    }

    @Test
    void structuredModeIsTheSameCommandWithOrWithoutItsHeader() {
        // Given
        byte[] value = Records.json(createOf()).getBytes(StandardCharsets.UTF_8);
        String type = "Application/CloudEvents+JSON; charset=UTF-8";

        // When
        Command command = Records.valid(Records.bytes(value, "Content-Type", type));

        // Then
        assertThat(command).isEqualTo(Records.valid(createOf()));
    }

    @Test
    void attributesAreReadFromTheEnvelope() {
        // Given
        String json =
                createOf()
                        .replaceFirst(
                                "\\{",
                                "{'subject':'jobs/train','time':'2026-01-01T00:00:00+01:00',"
                                        + "'expirytime':'2026-12-01T00:00:00.5Z','partitionkey':'x',"
                                        + "'correlationid':'run-7','traceparent':'"
                                        + PARENT
                                        + "','tracestate':'a=b',");

        // When
        Command command = Records.valid(json);

        // Then
        assertThat(command.expiry()).contains(Instant.parse("2026-12-01T00:00:00.5Z"));
        assertThat(command.origin().correlationId()).contains("run-7");
        assertThat(command.origin().trace()).contains(new Trace(PARENT, Optional.of("a=b")));
    }

    @Test
    void traceOfTheHeadersGoesFirstAndABrokenOneIsLeftOut() {
        // Given
        String other = PARENT.replace("01", "00");
        byte[] value =
                Records.json(createOf().replaceFirst("\\{", "{'traceparent':'" + PARENT + "',"))
                        .getBytes(StandardCharsets.UTF_8);

        // When
        Origin ofHeader = Records.valid(Records.bytes(value, "traceparent", other)).origin();
        Origin ofAttribute = Records.valid(Records.bytes(value, "traceparent", "x")).origin();

        // Then
        assertThat(ofHeader.trace()).contains(new Trace(other, Optional.empty()));
        assertThat(ofAttribute.trace()).contains(new Trace(PARENT, Optional.empty()));
    }

    @Test
    void attributesOtherThanTypeAndDataDoNotChangeTheDigest() {
        // When
        Optional<String> digest = Records.valid(createOf()).origin().digest();

        // Then
        assertThat(Records.valid(createOf().replace("c-1", "c-2")).origin().digest())
                .isPresent()
                .isEqualTo(digest);
        assertThat(Records.valid(createOf("image", "'x'")).origin().digest()).isNotEqualTo(digest);
    }

    @Test
    void brokenRecordIsAnsweredByWhatCouldBeReadOfIt() {
        // Given
        String cut = createOf().substring(0, createOf().length() - 5);

        // When
        Origin origin = Records.invalid(Records.bare(cut)).origin();

        // Then
        assertThat(origin.command()).contains(new CommandRef("/tests", "c-1"));
        assertThat(origin.type()).contains("io.podwire.pod.create.v1");
        assertThat(origin.pod()).contains(new PodRef("jobs", "train"));
        assertThat(origin.digest()).isEmpty();
        assertThat(origin.key()).contains("jobs/train");
        assertThat(origin.in()).isEqualTo(Records.REF);
    }

    @Test
    void originNamesNoPodThatCannotExist() {
        // When
        Origin origin = Records.invalid(Records.bare(createOf("name", "'a/b'"))).origin();

        // Then
        assertThat(origin.pod()).isEmpty();
        assertThat(origin.command()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "imagee|'x'|did you mean image?",
                "Namespace|'x'|did you mean namespace?",
                "resources|{'cpu':1,'memory':'512'}|write \"512Mi\"",
                "resources|{'cpu':1,'memory':'400m'}|mega is M or Mi",
                "resources|{'cpu':-1,'memory':1}|must not have a sign",
                "name|'My_Pod'|lower-case letters, digits and '-'",
                "name|'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'|at most"
                        + " 63",
                "restartPolicy|'never'|must be one of Never, OnFailure, Always",
                "args|'x'|data.pod.args must be array",
                "env|[{'name':'A'}]|exactly one of value, secretRef, configMapRef, fieldRef",
                "env|[{'name':'A','value':1}]|data.pod.env[0].value must be string",
                "image|'host/UPPER'|in lower case"
            })
    void errorSaysWhatToDo(String field, String value, String sentence) {
        assertThat(Records.refused(createOf(field, value)).message()).contains(sentence);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        // When
        var error =
                Records.refused(createOf("image", "", "imagee", "'x'", "restartPolicy", "'no'"));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.UNKNOWN_FIELD);
        assertThat(error.causes())
                .extracting(cause -> cause.field())
                .contains("data.pod.imagee", "data.pod.image", "data.pod.restartPolicy");
    }

    @Test
    void envelopeAndDataAreToldTogetherAndEachPlaceOnce() {
        // When
        var error =
                Records.refused(
                        createOf("imagee", "'x'").replace("'1.0'", "'0.3'").replace("c-1", ""));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.UNSUPPORTED_VERSION);
        assertThat(error.causes())
                .extracting(cause -> cause.field())
                .containsExactly("specversion", "id", "data.pod.imagee");
    }

    @Test
    void everythingThatASchemaCannotSayIsToldAtOnce() {
        // When
        var error =
                Records.refused(
                        createOf(
                                        "activeDeadline",
                                        "'0s'",
                                        "resources",
                                        "{'cpu':'0','memory':'0Mi'}")
                                .replaceFirst("\\{", "{'subject':'a/b',"));

        // Then
        assertThat(error.causes())
                .extracting(cause -> cause.field())
                .containsExactly(
                        "data.pod.resources.cpu",
                        "data.pod.resources.memory",
                        "data.pod.activeDeadline",
                        "subject");
    }

    @Test
    void wrongAttributeDoesNotMakeTheOthersUnknown() {
        // When
        var error = Records.refused(createOf().replace("'/tests'", "7"));

        // Then
        assertThat(error.reason()).isEqualTo(ErrorReason.SCHEMA);
        assertThat(error.pointer()).contains("/source");
        assertThat(error.causes()).isEmpty();
    }

    @Test
    void serializersOfASchemaRegistryAreToldWhatToDo() {
        // When
        var error = Records.refused(Records.bytes(new byte[] {0, 0, 0, 0, 1, '{', '}'}));

        // Then
        assertThat(error.message()).contains("schema-registry").contains("publish plain JSON");
    }
}
