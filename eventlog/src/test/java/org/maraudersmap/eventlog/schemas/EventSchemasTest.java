package org.maraudersmap.eventlog.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maraudersmap.eventlog.EventJson;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSchemasTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** What several schemas share; the other files are one per type. */
    private static final Set<String> SHARED = Set.of("envelope", "user", "incident");
    private static final Path FOLDER = Path.of("src/main/resources", EventSchemas.FOLDER);

    static Set<String> types() {
        return EventSchemas.eventTypes();
    }

    /** An event of a type as it should be. */
    static String example(String type) {
        try (var file = EventSchemasTest.class.getResourceAsStream("valid/" + type + ".json")) {
            if (file == null) {
                throw new IllegalStateException("no example of " + type);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The same with a fault. */
    private static List<String> errorsOf(String type, Consumer<ObjectNode> fault) {
        var event = (ObjectNode) JSON.readTree(example(type));
        fault.accept(event);
        return EventSchemas.findErrors(event.toString());
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_accept_a_valid_event(String type) {
        assertThat(EventSchemas.findErrors(example(type))).isEmpty();
        assertThat(EventSchemas.findErrors(String.valueOf(EventSchemas.topicOf(type)), example(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_accept_what_the_codec_makes_of_it(String type) {
        var codec = new EventJson();

        assertThat(EventSchemas.findErrors(codec.write(codec.read(example(type))))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_allow_unknown_fields(String type) {
        assertThat(errorsOf(type, event -> {
            event.put("signature", "phoenix");
            event.withObject("metadata").put("region", "north");
            event.withObject("data").put("weather", "fog");
        })).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_refuse_an_event_that_lacks_a_part(String type) {
        for (var part : List.of("eventId", "timestamp", "source", "userId", "metadata", "data")) {
            assertThat(errorsOf(type, event -> event.remove(part))).as("without " + part)
                    .anyMatch(error -> error.contains("'" + part + "'"));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_refuse_data_that_lacks_something(String type) {
        assertThat(errorsOf(type, event -> event.putObject("data"))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_require_the_actor_if_and_only_if_there_is_a_user(String type) {
        assertThat(errorsOf(type, event -> {
            if (event.path("userId").isNull()) {
                event.put("userId", "0197b2c4-5d6e-7f80-9123-456789abcdef");
            } else {
                event.withObject("metadata").remove("actor");
            }
        })).anyMatch(error -> error.startsWith("/metadata"));
    }

    @TestFactory
    Stream<DynamicTest> should_refuse() {
        return Stream.of(
                wrong("an id that is no UUID", "incident.created", "/eventId", e -> e.put("eventId", "42")),
                wrong("another source", "incident.created", "/source", e -> e.put("source", "slytherin")),
                wrong("a time without milliseconds", "incident.created", "/timestamp",
                        e -> e.put("timestamp", "2024-01-15T14:30:00Z")),
                wrong("a time in another zone", "incident.created", "/timestamp",
                        e -> e.put("timestamp", "2024-01-15T14:30:00.000+01:00")),
                wrong("a time in numbers", "incident.created", "/timestamp",
                        e -> e.put("timestamp", 1_705_329_000_000L)),
                wrong("a schema version of the next generation", "incident.created", "/metadata/version",
                        e -> e.withObject("metadata").put("version", "2.0")),
                wrong("a role that there is not", "incident.created", "/metadata/actor/role",
                        e -> e.withObject("metadata").withObject("actor").put("role", "GHOST")),
                wrong("a password hash in a user", "incident.created", "/metadata/actor",
                        e -> e.withObject("metadata").withObject("actor").put("passwordHash", "x")),
                wrong("a report by nobody", "incident.created", "/userId", e -> {
                    e.putNull("userId");
                    e.withObject("metadata").remove("actor");
                }),
                wrong("an incident without version", "incident.created", "/data",
                        e -> e.withObject("data").remove("version")),
                wrong("an incident without its null fields", "incident.created", "/data",
                        e -> e.withObject("data").remove("assigned_to")),
                wrong("an incident without title", "incident.created", "/data/title",
                        e -> e.withObject("data").put("title", "")),
                wrong("a title that is too long", "incident.created", "/data/title",
                        e -> e.withObject("data").put("title", "x".repeat(256))),
                wrong("an unknown severity", "incident.created", "/data/severity",
                        e -> e.withObject("data").put("severity", "LOW")),
                wrong("an incident id in a text", "incident.created", "/data/id",
                        e -> e.withObject("data").put("id", "42")),
                wrong("a report that is resolved", "incident.created", "/data/status",
                        e -> e.withObject("data").put("status", "RESOLVED")),
                wrong("an open incident with a resolution", "incident.updated", "/data/incident/resolution",
                        e -> e.withObject("data").withObject("incident").put("resolution", "done")),
                wrong("an update of nothing", "incident.updated", "/data/updatedFields",
                        e -> e.withObject("data").putObject("updatedFields")),
                wrong("previous values that are not complete", "incident.updated", "/data/previousValues",
                        e -> e.withObject("data").withObject("previousValues").remove("description")),
                wrong("an update without the incident", "incident.updated", "/data",
                        e -> e.withObject("data").remove("incident")),
                wrong("an assignment to a user object", "incident.assigned", "/data/assignedTo",
                        e -> e.withObject("data").putObject("assignedTo")),
                wrong("a resolution that left the incident open", "incident.resolved", "/data/incident/status",
                        e -> e.withObject("data").withObject("incident").put("status", "OPEN")),
                wrong("a comment that is too long", "comment.created", "/data/content",
                        e -> e.withObject("data").put("content", "x".repeat(5_001))),
                wrong("a password in an auth event", "user.logged_in", "/data",
                        e -> e.withObject("data").put("password", "mischief-managed")),
                wrong("a token in an auth event", "token.refreshed", "/data",
                        e -> e.withObject("data").put("refreshToken", "x")),
                wrong("a role change that does not say from what", "user.role_changed", "/data",
                        e -> e.withObject("data").remove("previousRole")),
                wrong("a notification of another kind", "notification.created", "/data/type",
                        e -> e.withObject("data").put("type", "gossip")),
                wrong("one notification and several at once", "notification.dismissed", "/data",
                        e -> e.withObject("data").put("notificationId", "0197b2c4-5d6e-7f80-9123-456789abcdef")));
    }

    private static DynamicTest wrong(String what, String type, String place, Consumer<ObjectNode> fault) {
        return DynamicTest.dynamicTest(
                what,
                () -> assertThat(errorsOf(type, fault)).anyMatch(error -> error.startsWith(place + ": ")));
    }

    @Test
    void should_list_all_errors() {
        assertThat(errorsOf("incident.created", event -> {
            event.put("source", "slytherin");
            event.withObject("data").put("severity", "LOW").put("title", "");
        })).hasSize(3);
    }

    @Test
    void should_want_a_schema_for_every_type_that_is_recorded() {
        assertThat(errorsOf("incident.created", event -> event.put("eventType", "owl.lost")))
                .singleElement()
                .asString()
                .contains("owl.lost.json");
        assertThat(errorsOf("incident.created", event -> event.remove("eventType"))).hasSize(1);
    }

    @Test
    void should_say_what_is_no_json() {
        assertThat(EventSchemas.findErrors("{")).singleElement().asString().startsWith("not JSON");
    }

    @Test
    void should_refuse_an_event_under_another_topic() {
        assertThat(EventSchemas.findErrors("auth-events", example("incident.created"))).containsExactly(
                "topic: incident.created belongs to incident-events, not to auth-events");
    }

    @Test
    void should_have_a_file_for_every_type_and_no_other() throws IOException {
        try (var files = Files.list(FOLDER)) {
            var names = files.map(file -> file.getFileName().toString().replaceAll("\\.json$", ""))
                    .filter(name -> !SHARED.contains(name) && !name.equals("topics"))
                    .collect(Collectors.toSet());
            assertThat(names).isEqualTo(EventSchemas.eventTypes());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void should_be_named_after_its_type(String type) {
        var schema = JSON.readTree(EventSchemas.readFile(type + ".json"));

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("title").asString()).isEqualTo(type);
        assertThat(schema.path("description").asString()).isNotBlank();
        assertThat(schema.path("properties").path("eventType").path("const").asString()).isEqualTo(type);
    }
}
