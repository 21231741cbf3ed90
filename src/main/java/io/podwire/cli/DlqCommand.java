package io.podwire.cli;

import picocli.CommandLine.Command;

@Command(
        name = "dlq",
        description =
                "Lists dead letters, the records that were no commands; shows one; sends their"
                        + " records again.",
        mixinStandardHelpOptions = true,
        subcommands = {DlqList.class, DlqShow.class, DlqRedrive.class})
final class DlqCommand {}
