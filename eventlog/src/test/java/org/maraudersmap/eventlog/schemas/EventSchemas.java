package org.maraudersmap.eventlog.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.EventLog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published JSON Schemas of all event types, and what is wrong with an event under them. A consumer ignores types
 * that it does not know; but an event that this product records must have a schema. Thread-safe.
 */
public final class EventSchemas {
    /** Where the schemas are on the class path. */
    static final String FOLDER = "org/maraudersmap/eventlog/schemas/";

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry REGISTRY = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, String> TOPICS = readTopicsOfTypes();
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private EventSchemas() {}

    /** Every event type that has a schema. */
    public static Set<String> eventTypes() {
        return TOPICS.keySet();
    }

    /** The topic of a type that has a schema. */
    public static @Nullable String topicOf(String eventType) {
        return TOPICS.get(eventType);
    }

    /** Everything that is wrong with an envelope, a line each, its place first; empty if it is valid. */
    public static List<String> findErrors(String envelope) {
        JsonNode tree;
        try {
            tree = JSON.readTree(envelope);
        } catch (JacksonException malformed) {
            return List.of("not JSON: " + malformed.getOriginalMessage());
        }
        var type = tree.path("eventType").asString("");
        if (!TOPICS.containsKey(type)) {
            return List.of(
                    "/eventType: '" + type + "' has no schema; add eventlog/src/main/resources/" + FOLDER + type
                            + ".json and name it in topics.json");
        }
        var schema = SCHEMAS.computeIfAbsent(type, EventSchemas::loadSchema);
        return schema.validate(envelope, InputFormat.JSON).stream().map(EventSchemas::describe).toList();
    }

    /** The same for an event that was recorded under a topic. */
    public static List<String> findErrors(String topic, String envelope) {
        var errors = findErrors(envelope);
        if (!errors.isEmpty()) {
            return errors;
        }
        var type = JSON.readTree(envelope).path("eventType").asString();
        var expected = topicOf(type);
        return topic.equals(expected)
                ? List.of()
                : List.of("topic: " + type + " belongs to " + expected + ", not to " + topic);
    }

    /** The text of a schema or of another file in their folder. */
    static String readFile(String name) {
        try (var file = EventLog.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("no " + FOLDER + name + " on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Schema loadSchema(String type) {
        // Its place on the class path is what the references between the files are relative to.
        return REGISTRY.getSchema(SchemaLocation.of("classpath:" + FOLDER + type + ".json"));
    }

    private static String describe(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }

    private static Map<String, String> readTopicsOfTypes() {
        var topics = new LinkedHashMap<String, String>();
        for (var topic : JSON.readTree(readFile("topics.json")).properties()) {
            topic.getValue().forEach(type -> topics.put(type.asString(), topic.getKey()));
        }
        return java.util.Collections.unmodifiableMap(topics);
    }
}
