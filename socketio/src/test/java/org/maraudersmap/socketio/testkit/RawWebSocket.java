package org.maraudersmap.socketio.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that sends what it is told to, sensible or not, and keeps what it gets. */
public final class RawWebSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final String answer;
    private final List<Frame> frames = new ArrayList<>();
    private int taken;
    private boolean ended;

    /** A frame as it came. */
    public static final class Frame {
        private final int opcode;
        private final boolean compressed;
        private final byte[] data;

        Frame(int opcode, boolean compressed, byte[] data) {
            this.opcode = opcode;
            this.compressed = compressed;
            this.data = data;
        }

        /** 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
        public int opcode() {
            return opcode;
        }

        /** Whether its first reserved bit is set. */
        public boolean compressed() {
            return compressed;
        }

        /** Its data. */
        public byte[] data() {
            return data;
        }

        /** Its data as text. */
        public String text() {
            return new String(data, StandardCharsets.UTF_8);
        }

        /** The status of a close frame, or 0. */
        public int closeStatus() {
            return opcode == 8 && data.length > 1 ? ((data[0] & 0xff) << 8) | (data[1] & 0xff) : 0;
        }
    }

    private RawWebSocket(Socket socket, String answer) {
        this.socket = socket;
        this.answer = answer;
    }

    /** Opens one; with further header lines if any. */
    public static RawWebSocket open(int port, String pathAndQuery, String... headers) {
        try {
            return open(new Socket("localhost", port), pathAndQuery, true, headers);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens one on a socket; it reads only if it is told to. */
    public static RawWebSocket open(Socket socket, String pathAndQuery, boolean reading, String... headers)
            throws IOException {
        var request = "GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new ByteArrayOutputStream();
        while (!answer.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.write(next);
        }
        var webSocket = new RawWebSocket(socket, answer.toString(StandardCharsets.ISO_8859_1));
        if (reading) {
            Thread.ofVirtual().start(webSocket::read);
        }
        return webSocket;
    }

    /** The HTTP answer's head. */
    public String answer() {
        return answer;
    }

    /** The HTTP answer's status. */
    public int status() {
        return Integer.parseInt(answer.substring(9, 12));
    }

    /** A header of the HTTP answer, or an empty text. */
    public String header(String name) {
        for (var line : answer.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    private void read() {
        try {
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                var first = in.read();
                if (first < 0) {
                    break;
                }
                long length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = in.readLong();
                }
                var frame = new Frame(first & 15, (first & 0x40) != 0, in.readNBytes((int) length));
                synchronized (frames) {
                    frames.add(frame);
                    frames.notifyAll();
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
        synchronized (frames) {
            ended = true;
            frames.notifyAll();
        }
    }

    /** Looks whenever something has come: there are tests with hundreds of these. */
    private void waitUntil(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (frames) {
            while (!condition.getAsBoolean()) {
                var left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("nothing came within " + PATIENCE);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(frames, left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(interrupted);
                }
            }
        }
    }

    /** Sends a text message. */
    public void send(String text) {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a binary message. */
    public void send(byte[] bytes) {
        frame(0x82, bytes);
    }

    /** Sends a masked frame with any first byte. */
    public void frame(int firstByte, byte[] data) {
        var out = new ByteArrayOutputStream(data.length + 14);
        out.write(firstByte);
        if (data.length < 126) {
            out.write(data.length | 0x80);
        } else if (data.length <= 0xffff) {
            out.write(126 | 0x80);
            out.write(data.length >> 8);
            out.write(data.length);
        } else {
            out.write(127 | 0x80);
            for (var shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) data.length >> shift));
            }
        }
        out.writeBytes(MASK);
        for (var i = 0; i < data.length; i++) {
            out.write(data[i] ^ MASK[i & 3]);
        }
        raw(out.toByteArray());
    }

    /** Sends bytes as they are. */
    public void raw(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next frame that is no ping packet of Engine.IO; waits for it. */
    public Frame next() {
        waitUntil(() -> peek() != null || ended);
        var frame = peek();
        if (frame == null) {
            throw new AssertionError("the connection was closed where a frame was due");
        }
        taken++;
        return frame;
    }

    /** The next frame if it is there already. */
    public Optional<Frame> poll() {
        var frame = Optional.ofNullable(peek());
        frame.ifPresent(_ -> taken++);
        return frame;
    }

    /** The next text. */
    public String text() {
        return next().text();
    }

    private @Nullable Frame peek() {
        synchronized (frames) {
            while (taken < frames.size() && frames.get(taken).opcode == 1 && frames.get(taken).text().equals("2")) {
                taken++;
            }
            return taken < frames.size() ? frames.get(taken) : null;
        }
    }

    /** All frames so far. */
    public List<Frame> frames() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    private boolean isEnded() {
        synchronized (frames) {
            return ended;
        }
    }

    /** Waits until the server has closed the connection; returns the status of its close frame, or 0. */
    public int awaitClose() {
        waitUntil(() -> ended);
        return frames().stream().mapToInt(Frame::closeStatus).max().orElse(0);
    }

    /** Whether the connection is open still. */
    public boolean isOpen() {
        return !isEnded();
    }

    @Override
    public void close() {
        hangUp();
    }

    /** Closes the connection without a word. */
    public void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
