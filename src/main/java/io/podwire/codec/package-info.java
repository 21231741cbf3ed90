/// Bytes to words and back: CloudEvents on Kafka, the contract's schemas and its limits.
///
/// Begin at [io.podwire.codec.CommandDecoder] and [io.podwire.codec.EventEncoder]; the pipeline and
/// the publisher call them. The only package that uses Jackson.
@NullMarked
package io.podwire.codec;

import org.jspecify.annotations.NullMarked;
