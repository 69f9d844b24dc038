package org.maraudersmap.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class EventJsonTest {
    private static final UUID ID = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");
    private static final UserSnapshot HARRY = UserSnapshot.of(
            ID,
            "harry.potter@hogwarts.edu",
            "harry.potter",
            "Harry",
            "Potter",
            "STUDENT");

    private final EventJson json = new EventJson();

    private record Times(Instant reported, @Nullable Instant resolved) {}

    private EventEnvelope envelopeAt(String timestamp, Object data) {
        return new EventEnvelope(
                ID,
                "incident.created",
                Instant.parse(timestamp),
                EventEnvelope.SOURCE,
                ID,
                new EventMetadata(null, "1.0", HARRY),
                json.toTree(data));
    }

    @Test
    void should_write_exactly_the_envelope_of_the_specification() {
        var written = json.write(envelopeAt("2024-01-15T14:30:00Z", Map.of("id", 42)));

        assertThat(written).isEqualTo("""
                {"eventId":"123e4567-e89b-42d3-a456-426614174000","eventType":"incident.created",\
                "timestamp":"2024-01-15T14:30:00.000Z","source":"gryffindor-api",\
                "userId":"123e4567-e89b-42d3-a456-426614174000","metadata":{"version":"1.0","actor":{\
                "id":"123e4567-e89b-42d3-a456-426614174000","userId":"123e4567-e89b-42d3-a456-426614174000",\
                "email":"harry.potter@hogwarts.edu","handle":"harry.potter","name":"Harry Potter",\
                "firstName":"Harry","lastName":"Potter","role":"STUDENT"}},"data":{"id":42}}""");
    }

    @Test
    void should_write_timestamps_always_with_milliseconds() {
        var expected = Map.of(
                "2024-01-15T14:30:00Z", "2024-01-15T14:30:00.000Z",
                "2024-01-15T14:30:00.1Z", "2024-01-15T14:30:00.100Z",
                "2024-01-15T14:30:00.120Z", "2024-01-15T14:30:00.120Z",
                "2024-01-15T14:30:00.123456789Z", "2024-01-15T14:30:00.123Z",
                "2024-02-29T23:59:59.999999999Z", "2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z");
        expected.forEach((instant, text) -> {
            assertThat(json.write(envelopeAt(instant, Map.of()))).contains("\"timestamp\":\"" + text + "\"");
            assertThat(json.toTree(new Times(Instant.parse(instant), null)).path("reported").asString())
                    .isEqualTo(text);
        });
    }

    @Test
    void should_write_timestamps_the_same_wherever_it_runs() {
        var zone = java.util.TimeZone.getDefault();
        var locale = java.util.Locale.getDefault();
        try {
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Kathmandu"));
            java.util.Locale.setDefault(java.util.Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(new EventJson().write(envelopeAt("2024-01-15T14:30:00Z", Map.of())))
                    .contains("\"timestamp\":\"2024-01-15T14:30:00.000Z\"");
        } finally {
            java.util.TimeZone.setDefault(zone);
            java.util.Locale.setDefault(locale);
        }
    }

    @Test
    void should_write_null_fields_of_data_so_that_an_incident_is_whole() {
        assertThat(json.toTree(new Times(Instant.EPOCH, null)).has("resolved")).isTrue();
        assertThat(json.toTree(Collections.singletonMap("assigned_to", null)).toString())
                .isEqualTo("{\"assigned_to\":null}");
    }

    @Test
    void should_read_what_it_wrote() {
        var envelope = envelopeAt("2024-01-15T14:30:00.123Z", Map.of("title", "Ünïcödé \u0001 \"quoted\""));

        assertThat(json.read(json.write(envelope))).isEqualTo(envelope);
    }

    @Test
    void should_ignore_unknown_fields_and_types() {
        var written = json.write(envelopeAt("2024-01-15T14:30:00Z", Map.of("id", 42)))
                .replace("\"eventType\":\"incident.created\"", "\"eventType\":\"owl.lost\",\"signature\":{\"by\":1}")
                .replace("\"role\":", "\"wand\":\"holly\",\"role\":");

        var read = json.read(written);
        assertThat(read.eventType()).isEqualTo("owl.lost");
        assertThat(read.metadata().actor()).isEqualTo(HARRY);
    }

    @Test
    void should_keep_the_recorded_json_verbatim_beside_what_it_read() {
        var written = json.write(envelopeAt("2024-01-15T14:30:00Z", Map.of()))
                .replace("\"source\":", "  \"unknown\" : [1.0, 1e3],\n\"source\":");

        var positioned = PositionedEvent.of(7, "incident-events", "42", written, json);
        assertThat(positioned.json()).isEqualTo(written);
        assertThat(positioned.event()).isEqualTo(json.read(written));
    }

    @Test
    void should_read_data_as_a_record_and_ignore_what_it_does_not_know() {
        var envelope = envelopeAt(
                "2024-01-15T14:30:00Z",
                Map.of("reported", "2024-01-15T14:30:00.000Z", "house", "RAVENCLAW"));

        assertThat(json.readData(envelope, Times.class))
                .isEqualTo(new Times(Instant.parse("2024-01-15T14:30:00Z"), null));
    }

    @Test
    void should_refuse_data_of_another_shape() {
        var envelope = envelopeAt("2024-01-15T14:30:00Z", Map.of("reported", Map.of("year", 1993)));

        assertThatThrownBy(() -> json.readData(envelope, Times.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void should_refuse_what_is_no_envelope() {
        var whole = json.write(envelopeAt("2024-01-15T14:30:00Z", Map.of("id", 42)));
        assertThat(json.read(whole).eventId()).isEqualTo(ID);

        var broken = List.of(
                "",
                "null",
                "[]",
                "{}",
                "not json",
                whole.replace("\"eventId\"", "\"id\""),
                whole.replace("\"eventType\"", "\"type\""),
                whole.replace("\"timestamp\"", "\"time\""),
                whole.replace("\"source\"", "\"from\""),
                whole.replace("\"metadata\"", "\"meta\""),
                whole.replace("\"data\"", "\"payload\""),
                whole.replace("{\"id\":42}", "null"),
                whole.replace("{\"id\":42}", "[42]"),
                whole.replace("14:30:00.000Z", "half past two"));
        assertThat(broken).allSatisfy(
                text -> assertThatThrownBy(() -> json.read(text)).as(text).isInstanceOf(JacksonException.class));
    }

    @Test
    void should_refuse_positions_that_are_none() {
        var text = json.write(envelopeAt("2024-01-15T14:30:00Z", Map.of()));

        for (var position : List.of(0L, -1L)) {
            assertThatThrownBy(() -> PositionedEvent.of(position, "incident-events", "42", text, json))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void should_write_the_time_of_a_clock_that_knows_nanoseconds() {
        var factory = new EventEnvelopeFactory(
                json,
                Clock.fixed(Instant.parse("2024-01-15T14:30:00.123999Z"), ZoneOffset.UTC),
                Optional::empty);

        var envelope = factory.create(new NewEvent("incident-events", "42", "test.event", HARRY, Map.of()));
        assertThat(json.read(json.write(envelope))).isEqualTo(envelope);
    }

    @Test
    void should_say_where_a_reader_can_go_on_when_events_are_gone() {
        var gone = new EventsGoneException(3, 10);

        assertThat(gone.oldestPosition()).isEqualTo(10);
        assertThat(gone).hasMessageContaining("3").hasMessageContaining("10");
    }
}
