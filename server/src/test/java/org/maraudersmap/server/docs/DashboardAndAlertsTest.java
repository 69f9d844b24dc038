package org.maraudersmap.server.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alerts in {@code deploy/} ask for nothing that the product does not measure. */
@OwnProductTest
@TestPropertySource(properties = {"EVENT_LOG=iggy", "IGGY_PORT=1"})
class DashboardAndAlertsTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern EXPRESSION_OF_RULE = Pattern.compile("(?m)^\\s+expr: (.*)$");
    /** Labels, ranges and what is grouped by. */
    private static final Pattern NO_NAMES = Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(?:by|without) \\([^)]*\\)");
    /** What is followed by a parenthesis is a function. */
    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9_]*\\b(?!\\s*\\()");
    /** Made by Prometheus itself. */
    private static final String UP = "up";

    private final Api api;

    DashboardAndAlertsTest(Api api) {
        this.api = api;
    }

    private static List<String> expressionsOfDashboard() throws IOException {
        var dashboard = new JsonMapper()
                .readTree(Files.readString(DEPLOY.resolve("grafana/dashboards/marauders-map.json")));
        return dashboard.path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr"))
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> expressionsOfAlerts() throws IOException {
        return EXPRESSION_OF_RULE.matcher(Files.readString(DEPLOY.resolve("prometheus/alerts.yml")))
                .results()
                .map(rule -> rule.group(1))
                .toList();
    }

    private static Set<String> metricsIn(List<String> expressions) {
        return expressions.stream()
                .map(expression -> NO_NAMES.matcher(expression).replaceAll(""))
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .filter(name -> !name.equals(UP))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> measured() {
        return api.send("GET", "/metrics", null, null)
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void should_ask_for_nothing_that_is_not_measured() throws IOException {
        var expressions = new ArrayList<>(expressionsOfDashboard());
        expressions.addAll(expressionsOfAlerts());
        SocketClient.connectAs(api, api.registerStudent()).close();
        System.gc(); // There is a pause to measure once there has been one.

        assertThat(metricsIn(expressions)).hasSizeGreaterThan(25);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(measured()).containsAll(metricsIn(expressions)));
    }

    @Test
    void should_find_the_names_in_an_expression() {
        assertThat(
                metricsIn(
                        List.of(
                                "sum by (from) (rate(log_events_read_total{from=\"broker\"}[1m])) / max(outbox_events) > 5",
                                "up{job=\"marauders-map\"} == 0")))
                .containsExactly("log_events_read_total", "outbox_events");
    }
}
