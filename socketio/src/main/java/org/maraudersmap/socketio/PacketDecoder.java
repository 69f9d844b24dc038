package org.maraudersmap.socketio;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.socketio.engineio.MalformedPacketException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads one client's messages (Socket.IO 5, "Packet encoding"). Not for several threads at a time. */
final class PacketDecoder {
    private static final int MAX_ID_DIGITS = 15;

    private final JsonMapper mapper;
    private final int maxAttachments;
    private final int maxAttachmentBytes;
    private @Nullable Packet incomplete;
    private byte[][] attachments = {};
    private int received;
    private int receivedBytes;

    PacketDecoder(JsonMapper mapper, int maxAttachments, int maxAttachmentBytes) {
        this.mapper = mapper;
        this.maxAttachments = maxAttachments;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    /** Reads a text message; empty if attachments must follow. */
    Optional<Packet> text(String text) throws MalformedPacketException {
        if (incomplete != null) {
            throw new MalformedPacketException("a text came where attachment %d was due".formatted(received));
        }
        if (text.isEmpty()) {
            throw new MalformedPacketException("a packet has at least its type");
        }
        var binary = false;
        var type = switch (text.charAt(0)) {
            case '0' -> Packet.Type.CONNECT;
            case '1' -> Packet.Type.DISCONNECT;
            case '2' -> Packet.Type.EVENT;
            case '3' -> Packet.Type.ACK;
            case '5' -> {
                binary = true;
                yield Packet.Type.EVENT;
            }
            case '6' -> {
                binary = true;
                yield Packet.Type.ACK;
            }
            default -> throw new MalformedPacketException("no packet type that a client may send");
        };
        var at = 1;
        var count = 0;
        if (binary) {
            var end = digits(text, at);
            if (end == at || end - at > 4 || end >= text.length() || text.charAt(end) != '-') {
                throw new MalformedPacketException("a binary packet tells how many attachments it has");
            }
            count = Integer.parseInt(text.substring(at, end));
            if (count > maxAttachments) {
                throw new MalformedPacketException(
                        "%d attachments; at most %d are allowed".formatted(count, maxAttachments));
            }
            at = end + 1;
        }
        var namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            var comma = text.indexOf(',', at);
            namespace = text.substring(at, comma < 0 ? text.length() : comma);
            at = comma < 0 ? text.length() : comma + 1;
        }
        var idEnd = digits(text, at);
        if (idEnd - at > MAX_ID_DIGITS) {
            throw new MalformedPacketException("an acknowledgement id has at most %d digits".formatted(MAX_ID_DIGITS));
        }
        var id = idEnd == at ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text, at, idEnd, 10));
        var packet = new Packet(type, namespace, id, json(text, idEnd));
        check(packet);
        if (count == 0) {
            return Optional.of(packet);
        }
        incomplete = packet;
        attachments = new byte[count][];
        received = 0;
        receivedBytes = 0;
        return Optional.empty();
    }

    /** Takes an attachment; returns the packet with the last one. */
    Optional<Packet> binary(byte[] bytes) throws MalformedPacketException {
        var packet = incomplete;
        if (packet == null) {
            throw new MalformedPacketException("a binary message came where none was due");
        }
        receivedBytes += bytes.length;
        if (receivedBytes > maxAttachmentBytes) {
            throw new MalformedPacketException(
                    "the attachments of a packet have more than %d bytes".formatted(maxAttachmentBytes));
        }
        attachments[received++] = bytes;
        if (received < attachments.length) {
            return Optional.empty();
        }
        incomplete = null;
        var data = restore(packet.data());
        attachments = new byte[0][];
        return Optional.of(new Packet(packet.type(), packet.namespace(), packet.id(), data));
    }

    private static int digits(String text, int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private JsonNode json(String text, int from) throws MalformedPacketException {
        if (from == text.length()) {
            return MissingNode.getInstance();
        }
        try {
            return mapper.readTree(text.substring(from));
        } catch (JacksonException e) {
            throw new MalformedPacketException("its payload is no JSON", e);
        }
    }

    private static void check(Packet packet) throws MalformedPacketException {
        var data = packet.data();
        var valid = switch (packet.type()) {
            case CONNECT -> data.isMissingNode() || data.isObject();
            case DISCONNECT -> data.isMissingNode();
            case EVENT -> data.isArray() && isEventName(data.path(0));
            case ACK -> data.isArray() && packet.id().isPresent();
        };
        if (!valid) {
            throw new MalformedPacketException("the payload does not fit the packet type " + packet.type());
        }
    }

    private static boolean isEventName(JsonNode name) {
        return name.isNumber() || (name.isString() && !EventName.isReserved(name.stringValue()));
    }

    /** Replaces placeholders by the attachments that they stand for. */
    private JsonNode restore(JsonNode node) throws MalformedPacketException {
        switch (node) {
            case ArrayNode array -> {
                for (var i = 0; i < array.size(); i++) {
                    array.set(i, restore(array.get(i)));
                }
            }
            case ObjectNode object -> {
                if (object.path("_placeholder").asBoolean(false)) {
                    var number = object.path("num");
                    if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.length) {
                        throw new MalformedPacketException("a placeholder stands for no attachment");
                    }
                    return BinaryNode.valueOf(attachments[number.intValue()]);
                }
                for (var name : object.propertyNames().toArray(String[]::new)) {
                    object.set(name, restore(object.path(name)));
                }
            }
            default -> {
            }
        }
        return node;
    }
}
