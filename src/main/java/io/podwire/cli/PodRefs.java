package io.podwire.cli;

import io.podwire.protocol.PodRef;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A pod, as `NAMESPACE/NAME`.
final class PodRefs implements ITypeConverter<PodRef> {
    @Override
    public PodRef convert(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new TypeConversionException(
                    "'" + text + "' is no pod such as default/hello (NAMESPACE/NAME)");
        }
        return new PodRef(parts[0], parts[1]);
    }
}
