package io.podwire.cli;

import io.podwire.config.Settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// All settings, in Markdown.
final class SettingsReference {
    private static final String HEAD =
            """
            # Settings

            Written by `./podwire config docs`; a test fails where it is not what the program says.

            A setting comes from a file (`--config FILE`, a `.properties` file in UTF-8, may be repeated), from the environment, or from the command
            line (`--set KEY=VALUE`, may be repeated). The later of these wins. The environment variable of a setting is `PODWIRE_` and its name in upper case
            with `_` for the dot: `PODWIRE_KAFKA_BOOTSTRAP_SERVERS`. All mistakes are told at once, with where each value comes from; the exit code is 78.
            `./podwire config print` shows what holds and who said so. What looks like a secret by its name (password, secret, token, key, jaas, …) is never printed;
            keep such settings in a file of their own that only the worker may read.

            | setting | default | expected | what it does |
            |---|---|---|---|""";

    private static final String KAFKA =
            """

            ## What goes to Kafka's clients

            Everything else under `kafka.` goes to the clients as it is: `kafka.NAME` to all of them, `kafka.consumer.NAME`, `kafka.producer.NAME` and `kafka.admin.NAME` to
            one, where it wins. So TLS and SASL are `kafka.security.protocol`, `kafka.ssl.…` and `kafka.sasl.…`. These cannot be set, because a promise rests on them:

            | setting | why not |
            |---|---|""";

    private SettingsReference() {}

    static List<String> lines() {
        List<String> lines = new ArrayList<>(HEAD.lines().toList());
        for (Settings.Setting each : Settings.table()) {
            lines.add(
                    "| `%s` | %s | %s | %s |"
                            .formatted(
                                    each.name(),
                                    each.standard().isEmpty() ? "–" : '`' + each.standard() + '`',
                                    cell(each.form()),
                                    sentence(cell(each.meaning()))));
        }
        lines.addAll(KAFKA.lines().toList());
        Settings.refusedOfKafka()
                .forEach((name, why) -> lines.add("| `%s` | %s |".formatted(name, cell(why))));
        return lines;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("*", "\\*");
    }
}
