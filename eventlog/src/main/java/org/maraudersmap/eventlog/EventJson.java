package org.maraudersmap.eventlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How events are written as JSON and read again. Thread-safe. */
public final class EventJson {
    private final JsonMapper mapper;

    /** The codec with this product's settings. */
    public EventJson() {
        this(
                JsonMapper.builder()
                        .addModule(timestamps())
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
                        .build());
    }

    private EventJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Timestamps as ISO 8601, UTC, always with milliseconds: {@code 2024-01-15T14:30:00.000Z}. */
    public static JacksonModule timestamps() {
        return new SimpleModule("timestamps").addSerializer(Instant.class, new MillisecondInstantSerializer());
    }

    /** The JSON of an envelope. */
    public String write(EventEnvelope envelope) {
        return mapper.writeValueAsString(envelope);
    }

    /** The JSON of an envelope whose data is still a value of Java. */
    String write(
            UUID eventId,
            String eventType,
            Instant timestamp,
            @Nullable UUID userId,
            EventMetadata metadata,
            Object data) {
        var text = new StringWriter(1_024);
        try (var generator = mapper.createGenerator(text)) {
            generator.writeStartObject();
            generator.writePOJOProperty("eventId", eventId);
            generator.writeStringProperty("eventType", eventType);
            generator.writePOJOProperty("timestamp", timestamp);
            generator.writeStringProperty("source", EventEnvelope.SOURCE);
            generator.writePOJOProperty("userId", userId);
            generator.writePOJOProperty("metadata", metadata);
            generator.writePOJOProperty("data", data);
            generator.writeEndObject();
        }
        return text.toString();
    }

    /**
     * The envelope in a JSON text.
     *
     * @throws tools.jackson.core.JacksonException
     *             if it is none
     */
    public EventEnvelope read(String json) {
        EventEnvelope envelope = mapper.readValue(json, EventEnvelope.class);
        if (envelope == null) {
            throw DatabindException.from((JsonParser) null, "not an event envelope: " + json);
        }
        return envelope;
    }

    /** A value as a JSON tree. */
    public JsonNode toTree(Object value) {
        return mapper.valueToTree(value);
    }

    /**
     * The data of an event as a record of its type; unknown fields are ignored.
     *
     * @throws tools.jackson.core.JacksonException
     *             if a field has another type
     */
    public <T> T readData(EventEnvelope envelope, Class<T> type) {
        return mapper.treeToValue(envelope.data(), type);
    }

    private static final class MillisecondInstantSerializer extends StdSerializer<Instant> {
        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
                .withZone(ZoneOffset.UTC);

        MillisecondInstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(FORMAT.format(value));
        }
    }
}
