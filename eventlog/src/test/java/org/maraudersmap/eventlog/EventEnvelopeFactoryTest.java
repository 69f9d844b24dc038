package org.maraudersmap.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventEnvelopeFactoryTest {
    private static final Instant NOW = Instant.parse("2024-01-15T14:30:00.123456789Z");
    private static final UserSnapshot HARRY = UserSnapshot.of(
            UUID.fromString("123e4567-e89b-42d3-a456-426614174000"),
            "harry.potter@hogwarts.edu",
            "harry.potter",
            "Harry",
            "Potter",
            "STUDENT");

    private final EventEnvelopeFactory envelopes = new EventEnvelopeFactory(
            new EventJson(), Clock.fixed(NOW, ZoneOffset.UTC), () -> Optional.of("trace-1"));

    private record Incident(long id, String title, String severity, String location, String status) {}

    private static NewEvent event(String type, @Nullable UserSnapshot actor, Object data) {
        return new NewEvent("incident-events", "42", type, actor, data);
    }

    @Test
    void should_create_envelope_with_required_fields() {
        var envelope = envelopes.create(event("test.event", HARRY, Map.of("foo", "bar")));

        assertThat(envelope.eventId()).isNotNull();
        assertThat(envelope.eventType()).isEqualTo("test.event");
        assertThat(envelope.timestamp()).isEqualTo(Instant.parse("2024-01-15T14:30:00.123Z"));
        assertThat(envelope.source()).isEqualTo("gryffindor-api");
        assertThat(envelope.userId()).isEqualTo(HARRY.id());
        assertThat(envelope.data().path("foo").asString()).isEqualTo("bar");
    }

    @Test
    void should_generate_unique_event_ids() {
        var first = envelopes.create(event("test", HARRY, Map.of()));
        var second = envelopes.create(event("test", HARRY, Map.of()));

        assertThat(first.eventId()).isNotEqualTo(second.eventId());
    }

    @Test
    void should_generate_unique_event_ids_from_many_threads() {
        var ids = ConcurrentHashMap.<UUID>newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var thread = 0; thread < 8; thread++) {
                var _ = threads.submit(() -> IntStream.range(0, 1_000)
                        .forEach(_ -> ids.add(envelopes.create(event("test", HARRY, Map.of())).eventId())));
            }
        }
        assertThat(ids).hasSize(8_000);
    }

    @Test
    void should_generate_event_ids_that_grow_with_time() {
        var ids = IntStream.range(0, 100)
                .mapToObj(_ -> new EventEnvelopeFactory(new EventJson(), Clock.systemUTC(), Optional::empty))
                .map(factory -> factory.create(event("test", HARRY, Map.of())).eventId())
                .toList();

        assertThat(ids).allSatisfy(id -> assertThat(id.version()).isEqualTo(7));
        var milliseconds = ids.stream().map(id -> id.getMostSignificantBits() >>> 16).toList();
        assertThat(milliseconds).isSorted();
        assertThat(new HashSet<>(ids)).hasSize(100);
    }

    @Test
    void should_create_incident_created_envelope() {
        var incident = new Incident(42, "Test", "MISCHIEF", "HOGWARTS", "OPEN");

        var envelope = envelopes.create(event("incident.created", HARRY, incident));

        assertThat(envelope.eventType()).isEqualTo("incident.created");
        assertThat(envelope.data().path("id").asLong()).isEqualTo(42);
        assertThat(envelope.data().path("title").asString()).isEqualTo("Test");
    }

    @Test
    void should_say_who_did_it_as_he_was_then() {
        var envelope = envelopes.create(event("test.event", HARRY, Map.of()));

        assertThat(envelope.metadata()).isEqualTo(new EventMetadata("trace-1", "1.0", HARRY));
    }

    @Test
    void should_belong_to_the_trace_of_the_work_in_progress_or_of_the_event_that_it_comes_of() {
        var ofWork = event("test", HARRY, Map.of());

        assertThat(envelopes.create(ofWork).metadata().traceId()).isEqualTo("trace-1");
        assertThat(envelopes.create(ofWork.inTrace("trace-2")).metadata().traceId()).isEqualTo("trace-2");
    }

    @Test
    void should_name_nobody_where_nobody_signed_in_did_it() {
        var envelope = envelopes.create(event("user.login_failed", null, Map.of("email", "voldemort@example.com")));

        assertThat(envelope.userId()).isNull();
        assertThat(envelope.metadata().actor()).isNull();
    }

    @Test
    void should_refuse_data_that_is_no_object() {
        for (var data : List.of("text", 42, List.of(1), true)) {
            assertThatThrownBy(() -> envelopes.create(event("test.event", HARRY, data)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("test.event")
                    .hasMessageContaining("must be a JSON object");
        }
    }
}
