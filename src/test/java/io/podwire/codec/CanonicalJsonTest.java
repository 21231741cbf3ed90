package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void exampleOfTheRfcHasItsCanonicalForm() throws JsonProcessingException {
        // Given
        String example =
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;

        // When
        String canonical = CanonicalJson.text(JSON.readTree(example));

        // Then
        assertThat(canonical)
                .isEqualTo(
                        "{\"literals\":[null,true,false],"
                                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void namesAreSortedByTheirUtf16CodeUnits() throws JsonProcessingException {
        // Given
        String example =
                """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew", "1": "One",
                 "\\ud83d\\ude00": "Emoji", "\\u0080": "Control", "\\u00f6": "Latin"}
                """;

        // When
        String canonical = CanonicalJson.text(JSON.readTree(example));

        // Then
        assertThat(canonical.replaceAll("\"[^\"]*\":", ""))
                .isEqualTo(
                        "{\"Carriage Return\",\"One\",\"Control\",\"Latin\",\"Euro Sign\","
                                + "\"Emoji\",\"Hebrew\"}");
    }

    /// The table of the RFC's appendix B.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0",
        "8000000000000000,0",
        "0000000000000001,5e-324",
        "8000000000000001,-5e-324",
        "7fefffffffffffff,1.7976931348623157e+308",
        "ffefffffffffffff,-1.7976931348623157e+308",
        "4340000000000000,9007199254740992",
        "c340000000000000,-9007199254740992",
        "4430000000000000,295147905179352830000",
        "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23",
        "44b52d02c7e14af7,1.0000000000000001e+23",
        "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef4f,999999999999999900000",
        "444b1ae4d6e2ef50,1e+21",
        "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001",
        "41b3de4355555553,333333333.3333332",
        "41b3de4355555554,333333333.33333325",
        "41b3de4355555555,333333333.3333333",
        "41b3de4355555556,333333333.3333334",
        "41b3de4355555557,333333333.33333343",
        "becbf647612f3696,-0.0000033333333333333333",
        "43143ff3c1cb0959,1424953923781206.2"
    })
    void numberIsPrintedAsEcmaScriptDoes(String bits, String expected) {
        // When
        String text = EcmaNumber.text(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));

        // Then
        assertThat(text).isEqualTo(expected);
    }

    @Test
    void numbersThatJsonLacksAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EcmaNumber.text(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EcmaNumber.text(Double.NEGATIVE_INFINITY));
    }

    @Test
    void orderOfNamesAndBlanksDoNotChangeTheDigest() throws JsonProcessingException {
        // When
        String one = CanonicalJson.digest("t", JSON.readTree("{\"a\":1,\"b\":[1.0]}"));
        String other = CanonicalJson.digest("t", JSON.readTree("{ \"b\":[1], \"a\":1e0 }"));

        // Then
        assertThat(one).isEqualTo(other).hasSize(64);
        assertThat(CanonicalJson.digest("u", JSON.readTree("{\"a\":1,\"b\":[1]}")))
                .isNotEqualTo(one);
        assertThat(CanonicalJson.digest("t", JSON.readTree("{\"a\":1,\"b\":[2]}")))
                .isNotEqualTo(one);
    }
}
