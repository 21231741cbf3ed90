package io.podwire.codec;

import static io.podwire.codec.Records.createOf;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.Command.CreatePod;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodConfig;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and amounts in every way that people write them: read as they are meant, or refused with the fix.
class WrittenValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cpu|'0.1'|0.1",
                "cpu|0.1|100m",
                "cpu|'100m'|100m",
                "cpu|'1e3'|1e3",
                "cpu|1e3|1000",
                "cpu|'1Gi'|is too large",
                "cpu|'1.5Gi'|is too large",
                "cpu|'2'|2",
                "cpu|'-1'|must not have a sign",
                "cpu|-1|must not have a sign",
                "cpu|'0'|at least 1m",
                "cpu|0|at least 1m",
                "memory|'0.1'|write `0.1Mi`",
                "memory|0.1|must be a whole number of MiB",
                "memory|'100m'|mega is M or Mi",
                "memory|'1e3'|1e3",
                "memory|1e3|1000Mi",
                "memory|'1Gi'|1Gi",
                "memory|'1.5Gi'|1.5Gi",
                "memory|1.5|such as 1.5Gi",
                "memory|'-1'|must not have a sign",
                "memory|-1|must not have a sign",
                "memory|'0'|has no unit",
                "memory|'0Mi'|must be more than nothing",
                "memory|0|must be more than nothing",
                "memory|'512'|write `512Mi`"
            })
    void amountIsReadOrToldHowToWrite(String field, String written, String outcome) {
        // Given
        String other = "cpu".equals(field) ? "'memory':1" : "'cpu':1";
        String json = createOf("resources", "{'" + field + "':" + written + "," + other + "}");

        // When
        String read = readOrTold(json, field);

        // Then
        assertThat(read).contains(outcome.replace('`', '"'));
    }

    private static String readOrTold(String json, String field) {
        return switch (Records.DECODER.decode(Records.bare(json))) {
            case Decoded.Valid(var command) -> {
                PodConfig.Resources resources = ((CreatePod) command).config().resources();
                yield "cpu".equals(field) ? resources.cpu() : resources.memory();
            }
            case Decoded.Invalid(_, var error) -> error.message();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ports|[{'containerPort':'80'}]|ports[0].containerPort must be integer, without quotes",
                "securityContext|{'runAsUser':'1000'}|runAsUser must be integer, without quotes",
                "terminationGracePeriodSeconds|'30'|terminationGracePeriodSeconds must be integer, without quotes",
                "resources|{'cpu':1,'memory':1,'gpu':'1'}|resources.gpu must be integer, without quotes",
                "resources|{'cpu':1,'memory':1,'gpu':0.5}|resources.gpu must be integer",
                "resources|{'cpu':true,'memory':1}|resources.cpu must be string or number",
                "env|[{'name':'A','value':1}]|env[0].value must be string, in quotes",
                "env|[{'name':'A','value':true}]|env[0].value must be string, in quotes",
                "labels|{'a':1}|labels.a must be string, in quotes",
                "args|[1]|args[0] must be string, in quotes",
                "name|7|name must be string, in quotes",
                "image|1.36|image must be string, in quotes",
                "activeDeadline|60|activeDeadline is not a duration: a whole number and ms, s, m"
            })
    void numberAsTextAndTextAsNumberAreToldApart(String field, String value, String sentence) {
        // When
        CommandError error = Records.refused(createOf(field, value));

        // Then
        assertThat(error.message()).contains(sentence);
    }

    /// Kubernetes takes names of pods up to 253 characters; their host name, and ours, ends at 63.
    @ParameterizedTest
    @ValueSource(ints = {64, 253, 254})
    void longNameIsToldItsLimit(int chars) {
        // When
        CommandError error = Records.refused(createOf("name", "'" + "n".repeat(chars) + "'"));

        // Then
        assertThat(error.message()).contains("at most 63");
    }

    @ParameterizedTest
    @ValueSource(strings = {"café", "モデル", "😀", "а-job", "a\\u200bb", "a b"})
    void nameBeyondAsciiIsToldItsLetters(String name) {
        // When
        CommandError error = Records.refused(createOf("name", "'" + name + "'"));

        // Then
        assertThat(error.message()).contains("lower-case letters, digits and '-'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"priorityClass", "runtimeClass", "serviceAccount"})
    void nameOfAnObjectMayHave253Characters(String field) {
        // Given
        String longest = "n".repeat(253);

        // When
        Decoded longestRead = Records.DECODER.decode(named(field, longest));
        CommandError tooLong = Records.refused(named(field, longest + "n"));

        // Then
        assertThat(longestRead).isInstanceOf(Decoded.Valid.class);
        assertThat(tooLong.message()).contains("at most 253");
    }

    private static Delivery named(String field, String name) {
        return Records.bare(createOf(field, "'" + name + "'"));
    }
}
