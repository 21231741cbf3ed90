package io.podwire.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// PodConfigs with every field of the contract, at its bounds and now and then just beyond them.
///
/// The same seed gives the same configs.
final class RandomPodConfigs {
    /// Objects that a config may name must exist for some fields.
    static final String SERVICE_ACCOUNT = "runner";

    static final String PRIORITY_CLASS = "oracle";
    static final String RUNTIME_CLASS = "oracle";

    private final Random random;
    private final RandomForms forms;

    RandomPodConfigs(long seed) {
        this.random = new Random(seed);
        this.forms = new RandomForms(random);
    }

    /// Only those that keep the schema.
    Stream<ObjectNode> keepingTheSchema() {
        return Stream.generate(this::next)
                .filter(pod -> SchemaFiles.findings("pod-config", pod).isEmpty());
    }

    private ObjectNode next() {
        forms.mistakesInThousand(List.of(0, 15, 30, 60).get(random.nextInt(4)));
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        List<String> volumes = volumes(pod);
        maybe(3, () -> containers(pod.putArray("initContainers"), volumes, false));
        maybe(3, () -> containers(pod.putArray("sidecars"), volumes, true));
        pod.put("name", forms.label());
        maybe(3, () -> pod.put("namespace", forms.label()));
        container(pod);
        ports(pod);
        probes(pod);
        maybe(2, () -> podSecurity(pod.putObject("securityContext")));
        metadata(pod);
        lifetime(pod);
        placement(pod);
        return pod;
    }

    /// One time in so many.
    private void maybe(int times, Runnable field) {
        if (random.nextInt(times) == 0) {
            field.run();
        }
    }

    private void some(int most, Runnable element) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            element.run();
        }
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private List<String> volumes(ObjectNode pod) {
        ArrayNode volumes = JsonNodeFactory.instance.arrayNode();
        some(3, () -> volume(volumes.addObject()));
        if (forms.mistaken() && volumes.path(0).has("mountPath")) {
            String path = Values.text(volumes.path(0), "mountPath");
            volume(volumes.addObject().put("mountPath", "/." + path));
        }
        if (!volumes.isEmpty()) {
            pod.set("volumes", volumes);
        }
        again(pod, "volumes");
        return Values.list(pod, "volumes", volume -> Values.text(volume, "name"));
    }

    private void volume(ObjectNode volume) {
        volume.put("name", forms.label());
        if (random.nextInt(12) > 0 && !volume.has("mountPath")) {
            mount(volume);
        }
        switch (random.nextInt(5)) {
            case 0 -> {
                ObjectNode emptyDir = volume.putObject("emptyDir");
                maybe(2, () -> emptyDir.set("sizeLimit", forms.memory()));
            }
            case 1 -> volume.putObject("shm").set("sizeLimit", forms.memory());
            case 2 -> volume.putObject("configMap").put("name", forms.subdomain());
            case 3 -> volume.putObject("secret").put("secretName", forms.subdomain());
            default ->
                    volume.putObject("persistentVolumeClaim").put("claimName", forms.subdomain());
        }
    }

    private void mount(ObjectNode mount) {
        mount.put("mountPath", forms.mountPath());
        maybe(3, () -> mount.put("readOnly", random.nextBoolean()));
        maybe(3, () -> mount.put("subPath", forms.subPath()));
    }

    private void containers(ArrayNode list, List<String> volumes, boolean sidecars) {
        some(2, () -> beside(list.addObject(), volumes, sidecars));
    }

    private void beside(ObjectNode container, List<String> volumes, boolean sidecar) {
        container.put("name", forms.mistaken() ? "main" : forms.label());
        container(container);
        maybe(
                2,
                () -> {
                    ArrayNode mounts = container.putArray("volumeMounts");
                    for (String volume : volumes) {
                        ObjectNode mount = mounts.addObject();
                        mount.put("name", forms.mistaken() ? "other" : volume);
                        mount(mount);
                    }
                    again(container, "volumeMounts");
                });
        maybe(2, () -> security(container.putObject("securityContext")));
        if (sidecar) {
            ports(container);
            probes(container);
        }
    }

    private void container(ObjectNode container) {
        container.put("image", forms.image());
        maybe(2, () -> words(container.putArray("command")));
        maybe(2, () -> words(container.putArray("args")));
        maybe(4, () -> container.put("workingDir", forms.path()));
        resources(container.putObject("resources"));
        maybe(2, () -> some(3, () -> env(container.withArrayProperty("env").addObject())));
        again(container, "env");
        maybe(3, () -> some(2, () -> envFrom(container.withArrayProperty("envFrom").addObject())));
        maybe(
                3,
                () ->
                        container.put(
                                "imagePullPolicy",
                                any(List.of("Always", "IfNotPresent", "Never"))));
    }

    /// By mistake, the first element once more.
    private void again(ObjectNode object, String list) {
        if (forms.mistaken() && !object.path(list).isEmpty()) {
            object.withArrayProperty(list).add(object.path(list).get(0).deepCopy());
        }
    }

    private void words(ArrayNode words) {
        some(3, () -> words.add(forms.text()));
    }

    private void resources(ObjectNode resources) {
        resources.set("cpu", forms.cpu());
        resources.set("memory", forms.memory());
        maybe(
                3,
                () -> {
                    resources.put("gpu", any(List.of(0, 1, 8, 1024)));
                    maybe(2, () -> resources.put("gpuResource", forms.device()));
                });
        maybe(3, () -> resources.set("ephemeralStorage", forms.memory()));
        maybe(
                6,
                () -> {
                    ObjectNode requests = resources.putObject("requests");
                    maybe(3, () -> requests.set("cpu", forms.cpu()));
                    maybe(3, () -> requests.set("memory", forms.memory()));
                    maybe(3, () -> requests.set("ephemeralStorage", forms.memory()));
                });
    }

    private void env(ObjectNode env) {
        env.put("name", forms.variable());
        switch (random.nextInt(4)) {
            case 0 -> env.put("value", forms.text());
            case 1 ->
                    env.putObject("secretRef")
                            .put("name", forms.subdomain())
                            .put("key", forms.dataKey());
            case 2 ->
                    env.putObject("configMapRef")
                            .put("name", forms.subdomain())
                            .put("key", forms.dataKey());
            default -> env.putObject("fieldRef").put("fieldPath", forms.fieldPath());
        }
    }

    private void envFrom(ObjectNode from) {
        from.putObject(any(List.of("secretRef", "configMapRef"))).put("name", forms.subdomain());
        maybe(2, () -> from.put("prefix", any(List.of("", forms.variable()))));
    }

    private void ports(ObjectNode container) {
        maybe(
                2,
                () ->
                        some(
                                3,
                                () -> {
                                    ObjectNode port =
                                            container.withArrayProperty("ports").addObject();
                                    maybe(2, () -> port.put("name", forms.portName()));
                                    port.put("containerPort", forms.port());
                                    maybe(
                                            3,
                                            () ->
                                                    port.put(
                                                            "protocol",
                                                            any(List.of("TCP", "UDP", "SCTP"))));
                                }));
        again(container, "ports");
    }

    private void probes(ObjectNode container) {
        List<String> names =
                Values.list(container, "ports", port -> Values.text(port, "name")).stream()
                        .filter(name -> !name.isEmpty())
                        .toList();
        for (String name : List.of("liveness", "readiness", "startup")) {
            maybe(3, () -> probe(container.withObjectProperty("probes"), name, names));
        }
    }

    private void probe(ObjectNode probes, String name, List<String> ports) {
        ObjectNode probe = probes.putObject(name);
        action(probe, ports);
        maybe(3, () -> probe.put("initialDelaySeconds", any(List.of(0, 5, 86400))));
        maybe(3, () -> probe.put("timeoutSeconds", forms.count()));
        maybe(3, () -> probe.put("periodSeconds", forms.count()));
        maybe(3, () -> probe.put("failureThreshold", forms.count()));
        boolean readiness = name.equals("readiness");
        maybe(4, () -> probe.put("successThreshold", readiness ? forms.count() : 1));
        if (!readiness || forms.mistaken()) {
            maybe(3, () -> probe.put("terminationGracePeriodSeconds", forms.count()));
        }
    }

    private void action(ObjectNode probe, List<String> ports) {
        switch (random.nextInt(4)) {
            case 0 -> {
                ObjectNode get = probe.putObject("httpGet");
                portOrName(get, ports);
                maybe(2, () -> get.put("path", any(List.of("/", "/up?a=b#c", "up", "%zz", " "))));
                maybe(2, () -> get.put("scheme", any(List.of("HTTP", "HTTPS"))));
                maybe(
                        3,
                        () ->
                                get.putArray("httpHeaders")
                                        .addObject()
                                        .put("name", any(List.of("Host", "X-1", "-", "a_b")))
                                        .put("value", any(List.of("", "x y", "ü"))));
            }
            case 1 -> portOrName(probe.putObject("tcpSocket"), ports);
            case 2 -> probe.putObject("exec").putArray("command").add(forms.text());
            default -> {
                ObjectNode grpc = probe.putObject("grpc").put("port", forms.port());
                maybe(2, () -> grpc.put("service", any(List.of("", "up"))));
            }
        }
    }

    private void portOrName(ObjectNode action, List<String> ports) {
        if (forms.mistaken()) {
            action.put("port", forms.portName());
        } else if (!ports.isEmpty() && random.nextBoolean()) {
            action.put("port", any(ports));
        } else {
            action.put("port", forms.port());
        }
    }

    private void podSecurity(ObjectNode context) {
        security(context);
        maybe(3, () -> context.put("fsGroup", forms.id()));
        maybe(
                3,
                () -> context.put("fsGroupChangePolicy", any(List.of("Always", "OnRootMismatch"))));
        maybe(
                3,
                () -> {
                    ArrayNode groups = context.putArray("supplementalGroups");
                    some(3, () -> groups.add(forms.id()));
                });
    }

    private void security(ObjectNode context) {
        maybe(3, () -> context.put("runAsUser", forms.id()));
        maybe(3, () -> context.put("runAsGroup", forms.id()));
        maybe(3, () -> context.put("runAsNonRoot", random.nextInt(4) == 0));
        maybe(3, () -> profile(context.putObject("seccompProfile"), forms::subPath));
        maybe(3, () -> profile(context.putObject("appArmorProfile"), forms::profile));
        maybe(3, () -> context.put("allowPrivilegeEscalation", random.nextBoolean()));
        maybe(3, () -> context.put("readOnlyRootFilesystem", random.nextBoolean()));
        maybe(
                3,
                () -> {
                    ObjectNode capabilities = context.putObject("capabilities");
                    for (String list : List.of("add", "drop")) {
                        maybe(
                                2,
                                () -> {
                                    ArrayNode names = capabilities.putArray(list);
                                    some(2, () -> names.add(forms.capability()));
                                });
                    }
                });
    }

    private void profile(ObjectNode profile, Supplier<String> name) {
        String type = any(List.of("RuntimeDefault", "Localhost", "Unconfined"));
        profile.put("type", type);
        if (type.equals("Localhost") != forms.mistaken()) {
            profile.put("localhostProfile", name.get());
        }
    }

    private void metadata(ObjectNode pod) {
        maybe(2, () -> some(3, () -> label(pod.withObjectProperty("labels"))));
        maybe(2, () -> some(3, () -> annotation(pod.withObjectProperty("annotations"))));
        if (forms.mistaken()) {
            String large = "x".repeat((any(List.of(250, 252, 254, 257)) << 10) - 8);
            pod.withObjectProperty("annotations").put("large", large);
        }
    }

    private void annotation(ObjectNode annotations) {
        if (forms.mistaken()) {
            annotations.put(forms.order(), any(List.of("", "1", "[]", "runtime/default", "x")));
        } else {
            annotations.put(forms.key(), forms.text());
        }
    }

    private void label(ObjectNode labels) {
        labels.put(forms.key(), forms.value());
    }

    private void lifetime(ObjectNode pod) {
        maybe(2, () -> pod.put("restartPolicy", any(List.of("Never", "OnFailure", "Always"))));
        maybe(2, () -> pod.put("activeDeadline", forms.duration()));
        if (pod.has("restartPolicy")) {
            pod.put("ttlAfterFinished", "10m"); // the API server sees an annotation of it
        }
        maybe(2, () -> pod.put("terminationGracePeriodSeconds", any(List.of(0, 1, 30, 86400))));
        maybe(
                3,
                () -> {
                    ArrayNode secrets = pod.putArray("imagePullSecrets");
                    some(2, () -> secrets.add(forms.subdomain()));
                });
        maybe(4, () -> pod.put("serviceAccount", SERVICE_ACCOUNT));
        maybe(4, () -> pod.put("priorityClass", PRIORITY_CLASS));
        maybe(4, () -> pod.put("runtimeClass", RUNTIME_CLASS));
    }

    private void placement(ObjectNode pod) {
        maybe(3, () -> some(2, () -> label(pod.withObjectProperty("nodeSelector"))));
        maybe(2, () -> some(3, () -> toleration(pod.withArrayProperty("tolerations").addObject())));
        maybe(3, () -> nodeAffinity(affinity(pod).putObject("nodeAffinity")));
        maybe(3, () -> podAffinity(affinity(pod).putObject("podAffinity")));
        maybe(3, () -> podAffinity(affinity(pod).putObject("podAntiAffinity")));
    }

    private static ObjectNode affinity(ObjectNode pod) {
        return pod.withObjectProperty("affinity");
    }

    private void toleration(ObjectNode toleration) {
        boolean exists = random.nextBoolean();
        if (exists) {
            toleration.put("operator", "Exists");
            maybe(2, () -> toleration.put("key", forms.key()));
        } else {
            maybe(2, () -> toleration.put("operator", "Equal"));
            toleration.put("key", forms.key());
        }
        if (exists == forms.mistaken()) {
            maybe(2, () -> toleration.put("value", forms.value()));
        }
        boolean evicts = random.nextBoolean();
        if (evicts) {
            toleration.put("effect", "NoExecute");
        } else {
            maybe(
                    2,
                    () -> toleration.put("effect", any(List.of("NoSchedule", "PreferNoSchedule"))));
        }
        if (evicts != forms.mistaken()) {
            maybe(2, () -> toleration.put("tolerationSeconds", any(List.of(0, 1, 31536000))));
        }
    }

    private void nodeAffinity(ObjectNode affinity) {
        maybe(
                2,
                () -> {
                    ArrayNode terms =
                            affinity.putObject(AffinityReader.REQUIRED)
                                    .putArray("nodeSelectorTerms");
                    nodeTerm(terms.addObject());
                    some(1, () -> nodeTerm(terms.addObject()));
                });
        weighted(affinity, term -> nodeTerm(term.putObject("preference")));
    }

    private void weighted(ObjectNode affinity, Consumer<ObjectNode> fill) {
        maybe(
                2,
                () -> {
                    ObjectNode term = affinity.putArray(AffinityReader.PREFERRED).addObject();
                    term.put("weight", any(List.of(1, 50, 100)));
                    fill.accept(term);
                });
    }

    private void nodeTerm(ObjectNode term) {
        ArrayNode expressions = term.putArray("matchExpressions");
        expression(expressions.addObject(), List.of("In", "NotIn", "Exists", "Gt", "Lt"));
        some(1, () -> expression(expressions.addObject(), List.of("DoesNotExist", "In")));
    }

    private void podAffinity(ObjectNode affinity) {
        maybe(2, () -> podTerm(affinity.putArray(AffinityReader.REQUIRED).addObject()));
        weighted(affinity, term -> podTerm(term.putObject("podAffinityTerm")));
    }

    private void podTerm(ObjectNode term) {
        ObjectNode selector = term.putObject("labelSelector");
        maybe(2, () -> label(selector.putObject("matchLabels")));
        maybe(
                2,
                () ->
                        expression(
                                selector.putArray("matchExpressions").addObject(),
                                List.of("In", "NotIn", "Exists", "DoesNotExist")));
        term.put("topologyKey", forms.key());
    }

    private void expression(ObjectNode expression, List<String> operators) {
        String operator = any(operators);
        expression.put("key", forms.key()).put("operator", operator);
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        switch (operator) {
            case "In", "NotIn" -> values.add(forms.value());
            case "Gt", "Lt" -> values.add(forms.number());
            default -> {}
        }
        if (forms.mistaken()) {
            values = random.nextBoolean() ? values.removeAll() : values.add(forms.value());
        }
        if (!values.isEmpty() || random.nextBoolean()) {
            expression.set("values", values);
        }
    }
}
