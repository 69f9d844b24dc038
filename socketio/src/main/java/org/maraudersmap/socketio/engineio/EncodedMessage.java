package org.maraudersmap.socketio.engineio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message (a text with its binary attachments) that is encoded once, however many sessions it goes to. The bytes for
 * each kind of transport are made when the first session needs them, and shared.
 */
public final class EncodedMessage {
    private static final int WS_TEXT = 0x81;
    private static final int WS_BINARY = 0x82;

    /** The Engine.IO packet: type character and text. */
    private final byte[] packet;
    private final List<byte[]> attachments;
    private final int size;
    private volatile byte @Nullable [] webSocket;
    private volatile byte @Nullable [] webSocketBase64;
    private volatile byte @Nullable [] webSocketCompressed;
    private volatile byte @Nullable [] payload;

    private EncodedMessage(byte[] packet, List<byte[]> attachments) {
        this.packet = packet;
        this.attachments = attachments;
        this.size = packet.length + attachments.stream().mapToInt(attachment -> attachment.length).sum();
    }

    /** A text message in UTF-8, without attachments. */
    public static EncodedMessage text(byte[] utf8) {
        return message(utf8, utf8.length, List.of());
    }

    /** A text message. */
    public static EncodedMessage text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A binary message. */
    public static EncodedMessage binary(byte[] bytes) {
        return new EncodedMessage(new byte[0], List.of(bytes));
    }

    /**
     * A text message and the binary messages that must follow it without anything in between.
     *
     * @param utf8
     *            holds the text in its first {@code length} bytes; not kept
     * @param length
     *            how many bytes of it
     * @param attachments
     *            the binary messages, kept as they are
     */
    public static EncodedMessage message(byte[] utf8, int length, List<byte[]> attachments) {
        var packet = new byte[length + 1];
        packet[0] = '4';
        System.arraycopy(utf8, 0, packet, 1, length);
        return new EncodedMessage(packet, List.copyOf(attachments));
    }

    /** An Engine.IO packet that is no message: ping, noop, open and so on. */
    static EncodedMessage control(String packet) {
        return new EncodedMessage(packet.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** The text in UTF-8, without the Engine.IO type (nothing if it is a binary message), then the attachments. */
    public List<byte[]> parts() {
        var parts = new ArrayList<byte[]>(attachments.size() + 1);
        if (packet.length > 0) {
            parts.add(Arrays.copyOfRange(packet, 1, packet.length));
        }
        parts.addAll(attachments);
        return parts;
    }

    /** About what it takes in a queue, in bytes. */
    int size() {
        return size;
    }

    /** Unmasked WebSocket frames (RFC 6455, section 5.2): one text frame, one binary frame per attachment. */
    byte[] webSocket(boolean base64) {
        if (base64 && !attachments.isEmpty()) {
            var bytes = webSocketBase64;
            if (bytes == null) {
                webSocketBase64 = bytes = frames(true);
            }
            return bytes;
        }
        var bytes = webSocket;
        if (bytes == null) {
            webSocket = bytes = frames(false);
        }
        return bytes;
    }

    /** The same, each frame deflated by itself (RFC 7692 without context takeover), if it is worth it. */
    byte[] webSocketCompressed(int threshold) {
        var bytes = webSocketCompressed;
        if (bytes == null) {
            var parts = new FrameWriter(size() + 32);
            if (packet.length > 0) {
                appendCompressed(parts, WS_TEXT, packet, threshold);
            }
            attachments.forEach(attachment -> appendCompressed(parts, WS_BINARY, attachment, threshold));
            webSocketCompressed = bytes = parts.bytes();
        }
        return bytes;
    }

    private static void appendCompressed(FrameWriter parts, int opcode, byte[] data, int threshold) {
        if (data.length < threshold) {
            parts.frame(opcode, data);
        } else {
            parts.frame(opcode | 0x40, MessageDeflater.deflate(data));
        }
    }

    /** Its part of a polling payload: packets separated by the record separator, attachments in base64. */
    byte[] payload() {
        var bytes = payload;
        if (bytes == null) {
            if (attachments.isEmpty()) {
                bytes = packet;
            } else {
                var out = new FrameWriter(size() * 4 / 3 + 16);
                out.raw(packet);
                for (var attachment : attachments) {
                    if (out.length() > 0) {
                        out.raw((byte) PayloadDecoder.SEPARATOR);
                    }
                    out.raw(base64(attachment));
                }
                bytes = out.bytes();
            }
            payload = bytes;
        }
        return bytes;
    }

    private byte[] frames(boolean base64) {
        var out = new FrameWriter(size() + 16);
        if (packet.length > 0) {
            out.frame(WS_TEXT, packet);
        }
        for (var attachment : attachments) {
            if (base64) {
                out.frame(WS_TEXT, base64(attachment));
            } else {
                out.frame(WS_BINARY, attachment);
            }
        }
        return out.bytes();
    }

    private static byte[] base64(byte[] bytes) {
        var encoded = Base64.getEncoder().encode(bytes);
        var packet = new byte[encoded.length + 1];
        packet[0] = 'b';
        System.arraycopy(encoded, 0, packet, 1, encoded.length);
        return packet;
    }
}
