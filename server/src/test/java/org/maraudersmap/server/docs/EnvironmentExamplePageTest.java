package org.maraudersmap.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.docs.GeneratedPage;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * {@code deploy/.env.example} offers every setting that {@code deploy/compose.yaml} leaves open, and asks for secrets.
 */
class EnvironmentExamplePageTest {
    private static final List<Setting> SECRETS = List.of(Setting.JWT_SECRET, Setting.IGGY_PASSWORD);
    private static final List<String> APPLICATIONS = List.of("gryffindor-server", "gryffindor-demo");
    private static final Map<String, String> FILLED_IN = Map.of(
            "GRINGOTTS_PASSWORD", "8f1d3a5c7e",
            "JWT_SECRET", "c9f04b6ed1a85327f6be2d90874c1a3e",
            "IGGY_PASSWORD", "4be26f90d7");

    private final DeployedSettings compose = DeployedSettings.read();

    @Test
    void should_keep_the_example_of_the_environment_true() {
        GeneratedPage.checkOrWrite("../deploy/.env.example", example());
    }

    private String example() {
        return """
                # Made from Setting.java and compose.yaml by EnvironmentExamplePageTest; do not edit.
                # Write it anew: mvn test -Ddocs=write
                #
                # Copy it to .env in this folder and fill in the three secrets, each with what this prints: openssl rand -hex 32

                # Password of the database. It becomes part of a URL: letters and digits only.
                GRINGOTTS_PASSWORD=
                """
                + SECRETS.stream().map(secret -> describe(secret) + secret + "=\n").collect(Collectors.joining())
                + """

                        # Whatever else is to differ from its default.

                        # Version of the image of the application.
                        #MAP_VERSION=latest
                        # Address of this machine that the application is published on; 0.0.0.0 for all of them. Put a proxy with
                        # TLS before it.
                        #MAP_ADDRESS=127.0.0.1
                        """
                + Arrays.stream(Setting.values())
                        .filter(this::isLeftOpen)
                        .map(setting -> describe(setting) + "#" + setting + "=" + setting.defaultText() + "\n")
                        .collect(Collectors.joining());
    }

    private boolean isLeftOpen(Setting setting) {
        var isDecided = compose.environmentOf("gryffindor-server", Map.of()).containsKey(setting.name())
                && !compose.variables().contains(setting.name());
        return !isDecided && !SECRETS.contains(setting) && setting != Setting.SOCKET_IO_PORT;
    }

    private static String describe(Setting setting) {
        return "# " + setting.meaning() + "\n";
    }

    @Test
    void should_explain_every_variable_of_the_compose_file() {
        var explained = example().lines()
                .filter(line -> line.matches("#?[A-Z_]+=.*"))
                .map(line -> line.replaceFirst("^#", "").replaceFirst("=.*", ""))
                .toList();

        assertThat(explained).doesNotHaveDuplicates().containsAll(compose.variables());
    }

    @Test
    void should_start_the_application_with_settings_that_exist_and_agree() {
        for (var application : APPLICATIONS) {
            var environment = compose.environmentOf(application, FILLED_IN);
            var names = new TreeSet<>(environment.keySet());
            names.removeAll(Arrays.stream(Setting.values()).map(Setting::name).toList());
            assertThat(names).as("not settings, in %s", application).isEmpty();

            var settings = settings(environment);
            assertThat(settings.host()).isEqualTo("0.0.0.0");
            assertThat(settings.port()).isEqualTo(4001);
            assertThat(settings.text(Setting.EVENT_LOG)).isEqualTo("iggy");
            assertThat(settings.databaseUrl()).isPresent();
            assertThat(settings.isDemoDataOn()).isEqualTo(application.endsWith("demo"));
        }
    }

    private static Settings settings(Map<String, String> environment) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource("compose", new TreeMap<>(environment)));
        return new Settings(new PropertySourcesPropertyResolver(sources));
    }

    @Test
    void should_ask_a_program_that_exists_whether_the_application_is_ready() throws ClassNotFoundException {
        var check = compose.healthCheckOf("gryffindor-server");

        assertThat(check.getLast()).isEqualTo("http://127.0.0.1:4001/health/ready");
        var program = Class.forName(check.get(check.size() - 2));
        assertThat(program.getDeclaredMethods()).extracting("name").contains("main");
    }
}
