package org.maraudersmap.server.docs;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.docs.GeneratedPage;
import org.maraudersmap.server.platform.settings.Setting;

class ConfigurationPageTest {

    @Test
    void should_keep_the_page_of_settings_true() {
        var rows = Arrays.stream(Setting.values()).map(ConfigurationPageTest::describe).collect(Collectors.joining());
        GeneratedPage.checkOrWrite("configuration.md",
                """
                        <!-- Made from Setting.java by ConfigurationPageTest; do not edit. Write it anew: mvn test -Ddocs=write -->
                        # Configuration

                        Set an environment variable, a system property or a command-line option (`--PORT=8080`) of these names. The
                        defaults work on one machine with nothing installed. A wrong value stops the start with one line that names
                        the setting, the value (never a secret) and what is allowed.

                        | name | default | allowed | meaning |
                        |---|---|---|---|
                        """
                        + rows);
    }

    private static String describe(Setting setting) {
        var standard = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
        return "| `" + setting.name() + "` | " + standard + " | " + cell(setting.allowed()) + " | "
                + cell(setting.meaning()) + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
