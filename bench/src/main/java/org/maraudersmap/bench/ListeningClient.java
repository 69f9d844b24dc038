package org.maraudersmap.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One Socket.IO client over WebSocket: it connects, answers heartbeats, and hands on what it is told. */
final class ListeningClient {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int HEADER_SEARCH = 4_096;
    private final SocketChannel channel;
    private final String token;
    /** The beginning of a frame that has not come whole. */
    private ByteBuffer rest = NOTHING;

    /** Hears of Engine.IO packets that are neither handshake nor heartbeat. */
    @FunctionalInterface
    interface Listener {
        /** A packet has come: it is in these bytes. */
        void heard(ByteBuffer bytes, int from, int to);
    }

    ListeningClient(SocketChannel channel, String token) {
        this.channel = channel;
        this.token = token;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Opens the WebSocket, blocking. */
    void handshake() throws IOException {
        write(
                """
                        GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                        Host: localhost\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: bWlzY2hpZWYgbWFuYWdlZA==\r
                        Sec-WebSocket-Version: 13\r
                        \r
                        """.getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (answer.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (channel.read(one) < 0 || answer.length() > HEADER_SEARCH) {
                throw new IOException("no WebSocket: " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer);
        }
    }

    /** Puts what was left of the last read before what is read next. */
    void prepend(ByteBuffer buffer) {
        buffer.put(rest);
    }

    /** Takes whole frames and keeps the rest. */
    void consume(ByteBuffer bytes, Listener listener) throws IOException {
        while (bytes.remaining() >= 2) {
            var start = bytes.position();
            var opcode = bytes.get(start) & 0xFF;
            var length = bytes.get(start + 1) & 0x7F;
            var header = 2;
            if (length == 126) {
                if (bytes.remaining() < 4) {
                    break;
                }
                length = bytes.getShort(start + 2) & 0xFFFF;
                header = 4;
            } else if (length == 127) {
                throw new IOException("a frame of more than 64 KB");
            }
            if (bytes.remaining() < header + length) {
                break;
            }
            bytes.position(start + header + length);
            if (opcode == CLOSE) {
                throw new IOException("closed");
            }
            take(bytes, start + header, start + header + length, listener);
        }
        rest = bytes.hasRemaining() ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip() : NOTHING;
    }

    private void take(ByteBuffer bytes, int from, int to, Listener listener) throws IOException {
        switch (bytes.get(from)) {
            case '0' -> enter();
            case '2' -> send("3");
            default -> listener.heard(bytes, from, to);
        }
    }

    /** Asks to be let into the main namespace, which {@link #consume} does by itself. */
    void enter() throws IOException {
        send("40{\"token\":\"" + token + "\"}");
    }

    /** A masked text frame; the mask is zero, which is allowed. */
    void send(String text) throws IOException {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) TEXT);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        write(bytes);
    }

    private void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
