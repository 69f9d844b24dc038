package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;

@ProductTest
class TraceTest {
    private final Api api;

    TraceTest(Api api) {
        this.api = api;
    }

    @Test
    void should_put_the_callers_trace_into_the_event() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        assertThat(traceOfEventAfterReport("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")).isEqualTo(trace);
    }

    @Test
    void should_begin_a_trace_for_a_caller_who_has_none() {
        var one = traceOfEventAfterReport();
        var other = traceOfEventAfterReport();

        assertThat(one).matches("[0-9a-f]{32}");
        assertThat(other).matches("[0-9a-f]{32}").isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mischief", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"})
    void should_begin_a_trace_where_the_callers_cannot_be_read(String traceParent) {
        assertThat(traceOfEventAfterReport("traceparent", traceParent)).matches("[0-9a-f]{32}")
                .isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736")
                .isNotEqualTo("0".repeat(32));
    }

    private String traceOfEventAfterReport(String... headers) {
        var token = api.registerStudent().accessToken();
        var incident = api.send("POST", "/api/incidents", token, Map.of("title", "Boggart in the wardrobe"), headers);
        return await().until(() -> findTraceOfReport(token, incident.body().path("id").asLong()), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> findTraceOfReport(String token, long incident) {
        var head = api.get("/api/events?limit=1", token).body().path("head").asLong();
        var recent = api.get("/api/events?after=" + Math.max(0, head - 500), token).body().path("events");
        return recent.valueStream()
                .map(positioned -> positioned.path("event"))
                .filter(event -> event.path("eventType").asString().equals("incident.created"))
                .filter(event -> event.path("data").path("id").asLong() == incident)
                .map(event -> event.path("metadata").path("traceId").asString())
                .findFirst();
    }
}
