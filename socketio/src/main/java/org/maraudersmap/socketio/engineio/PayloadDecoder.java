package org.maraudersmap.socketio.engineio;

import java.util.Base64;

/** Takes apart what a client posts (Engine.IO 4, "HTTP long-polling", payload encoding) and base64 packets. */
final class PayloadDecoder {
    static final char SEPARATOR = '\u001e';

    private PayloadDecoder() {}

    /** Receives the packets of a payload, in order; returns whether it wants more. */
    @FunctionalInterface
    interface Sink {
        boolean packet(String packet) throws MalformedPacketException;
    }

    static void decode(String payload, int maxPackets, Sink sink) throws MalformedPacketException {
        var start = 0;
        var count = 0;
        while (true) {
            if (++count > maxPackets) {
                throw new MalformedPacketException("a payload has more than %d packets".formatted(maxPackets));
            }
            var end = payload.indexOf(SEPARATOR, start);
            if (!sink.packet(payload.substring(start, end < 0 ? payload.length() : end)) || end < 0) {
                return;
            }
            start = end + 1;
        }
    }

    /**
     * Decodes the rest of a packet that begins with {@code b}. The official Java client breaks its lines, as MIME does
     * (RFC 2045, section 6.8); nothing else that is no base64 is taken.
     */
    static byte[] base64(String packet) throws MalformedPacketException {
        try {
            return Base64.getDecoder().decode(withoutLineBreaks(packet.substring(1)));
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("a binary packet is no base64: " + e.getMessage(), e);
        }
    }

    private static String withoutLineBreaks(String base64) {
        return base64.indexOf('\n') < 0 ? base64 : base64.replace("\r", "").replace("\n", "");
    }
}
