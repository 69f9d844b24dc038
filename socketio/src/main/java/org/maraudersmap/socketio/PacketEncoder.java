package org.maraudersmap.socketio;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.maraudersmap.socketio.engineio.EncodedMessage;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.json.JsonMapper;

/** Writes packets (Socket.IO 5, "Packet encoding"): one text, and one attachment for each binary value in it. */
final class PacketEncoder {
    private final JsonMapper mapper;

    PacketEncoder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    EncodedMessage event(String namespace, OptionalLong id, String event, List<?> args, Optional<Offset> offset) {
        var body = new Body();
        try (var json = body.generator()) {
            json.writeStartArray();
            json.writeString(event);
            for (var arg : args) {
                mapper.writeValue(json, arg);
            }
            offset.ifPresent(value -> json.writeString(value.toString()));
            json.writeEndArray();
        }
        return message('2', '5', namespace, id, body);
    }

    EncodedMessage ack(String namespace, long id, List<?> args) {
        var body = new Body();
        try (var json = body.generator()) {
            json.writeStartArray();
            for (var arg : args) {
                mapper.writeValue(json, arg);
            }
            json.writeEndArray();
        }
        return message('3', '6', namespace, OptionalLong.of(id), body);
    }

    EncodedMessage connect(String namespace, String sid, Optional<String> pid) {
        var body = new Body();
        try (var json = body.generator()) {
            json.writeStartObject();
            json.writeStringProperty("sid", sid);
            pid.ifPresent(value -> json.writeStringProperty("pid", value));
            json.writeEndObject();
        }
        return message('0', '0', namespace, OptionalLong.empty(), body);
    }

    EncodedMessage connectError(String namespace, String message, Optional<Object> data) {
        var body = new Body();
        // No attachments are allowed here (Socket.IO 5, CONNECT_ERROR): binary values become base64 texts.
        try (var json = mapper.createGenerator(body.json)) {
            json.writeStartObject();
            json.writeStringProperty("message", message);
            data.ifPresent(value -> {
                json.writeName("data");
                mapper.writeValue(json, value);
            });
            json.writeEndObject();
        }
        return message('4', '4', namespace, OptionalLong.empty(), body);
    }

    EncodedMessage disconnect(String namespace) {
        return message('1', '1', namespace, OptionalLong.empty(), new Body());
    }

    private static EncodedMessage message(char type, char binaryType, String namespace, OptionalLong id, Body body) {
        var prefix = new StringBuilder();
        if (body.attachments.isEmpty()) {
            prefix.append(type);
        } else {
            prefix.append(binaryType).append(body.attachments.size()).append('-');
        }
        if (!namespace.equals("/")) {
            prefix.append(namespace).append(',');
        }
        id.ifPresent(prefix::append);
        var head = prefix.toString().getBytes(StandardCharsets.UTF_8);
        var text = Arrays.copyOf(head, head.length + body.json.size());
        System.arraycopy(body.json.toByteArray(), 0, text, head.length, body.json.size());
        return EncodedMessage.message(text, text.length, body.attachments);
    }

    /** JSON, and the binary values that were found while it was written. */
    private final class Body {
        private final ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        private final List<byte[]> attachments = new ArrayList<>(0);

        JsonGenerator generator() {
            return new Placeholders(mapper.createGenerator(json), attachments);
        }
    }

    /** Writes a placeholder where a binary value should be, and keeps the value. */
    private static final class Placeholders extends JsonGeneratorDelegate {
        private final List<byte[]> attachments;

        Placeholders(JsonGenerator target, List<byte[]> attachments) {
            super(target);
            this.attachments = attachments;
        }

        @Override
        public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
            writeStartObject();
            writeBooleanProperty("_placeholder", true);
            writeNumberProperty("num", attachments.size());
            writeEndObject();
            attachments.add(Arrays.copyOfRange(data, offset, offset + length));
            return this;
        }

        @Override
        public int writeBinary(Base64Variant variant, InputStream data, int length) {
            try {
                var bytes = data.readNBytes(length < 0 ? Integer.MAX_VALUE : length);
                writeBinary(variant, bytes, 0, bytes.length);
                return bytes.length;
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
