package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorCode;
import io.podwire.protocol.ErrorReason;

/// A record that must be refused, with its one reason and place.
record Bad(String what, Delivery delivery, ErrorReason reason, String pointer) {
    /// A value that no error may repeat.
    static final String CANARY = "s3cr3t-canary";

    static Bad bad(String what, String json, ErrorReason reason, String pointer) {
        return new Bad(what, Records.bare(json), reason, pointer);
    }

    void assertTold(CommandError error) {
        assertThat(error.reason()).as(error.message()).isEqualTo(reason);
        assertThat(error.code()).isEqualTo(ErrorCode.COMMAND_INVALID);
        assertThat(error.pointer().orElse("")).as(error.message()).isEqualTo(pointer);
        assertThat(error.message()).isNotBlank().hasSizeLessThan(600).doesNotContain(CANARY);
        assertThat(error.causes()).allSatisfy(c -> assertThat(c.message()).doesNotContain(CANARY));
    }

    @Override
    public String toString() {
        return what;
    }
}
