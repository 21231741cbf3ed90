package io.podwire.cli;

import picocli.CommandLine.Parameters;

/// The pod that a command is about.
final class PodName {
    @Parameters(paramLabel = "NAME", index = "0", description = "The pod's name.")
    private String name = "";

    String text() {
        return name;
    }
}
