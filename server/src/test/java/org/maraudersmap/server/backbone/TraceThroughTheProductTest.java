package org.maraudersmap.server.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.eventlog.iggy.IggyStandIn;
import org.maraudersmap.server.incidents.IncidentsOnTheMap;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.RecordedEvents;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What an operator reads at DEBUG when he looks for one trace. */
@OwnProductTest
@ExtendWith(OutputCaptureExtension.class)
class TraceThroughTheProductTest {
    private static final IggyStandIn server = new IggyStandIn();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final List<String> LOGGERS = List
            .of("org.maraudersmap.server.backbone", "org.maraudersmap.server.realtime");

    private final Api api;
    private final JdbcClient jdbc;
    private final LoggingSystem logging;

    TraceThroughTheProductTest(Api api, JdbcClient jdbc, LoggingSystem logging) {
        this.api = api;
        this.jdbc = jdbc;
        this.logging = logging;
        LOGGERS.forEach(logger -> logging.setLogLevel(logger, LogLevel.DEBUG));
    }

    @DynamicPropertySource
    static void chooseIggy(DynamicPropertyRegistry settings) {
        settings.add("EVENT_LOG", () -> "iggy");
        settings.add("IGGY_PORT", server::port);
    }

    @AfterEach
    void quietenLoggers() {
        LOGGERS.forEach(logger -> logging.setLogLevel(logger, null));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private void mentionInTrace(Api.Session author, Api.Session reader) {
        var incident = new IncidentsOnTheMap(api, jdbc).reported(author.accessToken());
        var answer = api.send(
                "POST",
                "/api/incidents/" + incident + "/comments",
                author.accessToken(),
                Map.of("content", "Have you seen this, @" + reader.handle() + "?"),
                "traceparent",
                "00-" + TRACE + "-b7ad6b7169203331-01");
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void should_tell_one_trace_at_every_hop_and_of_the_notification_that_comes_of_it(CapturedOutput output) {
        var reader = api.registerStudent();

        mentionInTrace(api.registerStudent(), reader);

        var notifications = new RecordedEvents(jdbc, "notification-events");
        var owner = reader.userId().toString();
        await().until(() -> notifications.typesOfKey(owner).equals(List.of("notification.created")));
        assertThat(notifications.last(owner).metadata().traceId()).isEqualTo(TRACE);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(output.getOut().lines().filter(line -> line.contains("[" + TRACE + "]")))
                                .anyMatch(says("OutboxEventRecorder", "recording comment.created"))
                                .anyMatch(says("Sequencer", "comment.created .* is at position"))
                                .anyMatch(says("Relay", "forwarded comment.created"))
                                .anyMatch(says("ConsumerRunner", "notification-dispatcher handles comment.created"))
                                .anyMatch(says("SocketBroadcaster", "announced comment:created"))
                                .anyMatch(says("OutboxEventRecorder", "recording notification.created"))
                                .anyMatch(says("Sequencer", "notification.created .* is at position"))
                                .anyMatch(says("Relay", "forwarded notification.created"))
                                .anyMatch(says("ConsumerRunner", "audit-recorder handles notification.created"))
                                .anyMatch(says("SocketBroadcaster", "announced notification:new")));
    }

    private static Predicate<String> says(String logger, String message) {
        return Pattern.compile("DEBUG .*\\." + logger + " +: .*" + message).asPredicate();
    }
}
