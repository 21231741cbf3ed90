package io.podwire.deploy;

import com.fasterxml.jackson.databind.JsonNode;

import io.podwire.testkit.Manifests;
import io.podwire.testkit.PathTool;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Renders what `deploy` has with the Helm and the Kustomize of the path; without them, tests are skipped.
final class Renderers implements ExecutionCondition {
    static final String RELEASE = "podwire";
    static final Path KUSTOMIZATIONS = Path.of("deploy", "kubernetes");
    private static final Path CHART = Path.of("deploy", "helm", "podwire");

    static List<JsonNode> kustomization(Path directory) throws IOException, InterruptedException {
        return Manifests.parse(tool("kubectl").output(List.of("kustomize", directory.toString())));
    }

    /// @param flags of `helm template`
    static List<JsonNode> chart(List<String> flags) throws IOException, InterruptedException {
        return Manifests.parse(tool("helm").output(template(flags)));
    }

    /// What Helm has against values.
    static String refusal(List<String> flags) throws IOException, InterruptedException {
        return tool("helm").run(template(flags)).errors();
    }

    private static List<String> template(List<String> flags) {
        List<String> all =
                new ArrayList<>(
                        List.of("template", RELEASE, CHART.toString(), "--namespace", RELEASE));
        all.addAll(flags);
        return all;
    }

    private static PathTool tool(String name) {
        return PathTool.find(name).orElseThrow();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return is("helm", "v4.", "version", "--short")
                        && is("kubectl", "Kustomize Version: v5.", "version", "--client")
                ? ConditionEvaluationResult.enabled("Helm 4 and Kustomize 5 are on the path")
                : ConditionEvaluationResult.disabled(
                        "no Helm 4 and kubectl with Kustomize 5 on the path: .ci/renderers DIR"
                                + " puts them into DIR");
    }

    /// Others may render otherwise, and word their refusals otherwise.
    private static boolean is(String name, String version, String... asked) {
        Optional<PathTool> tool = PathTool.find(name);
        try {
            return tool.isPresent() && tool.get().run(List.of(asked)).output().contains(version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
