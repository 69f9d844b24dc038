package org.maraudersmap.socketio.engineio;

import java.util.Arrays;

/** Collects bytes and server-side WebSocket frames (RFC 6455, section 5.2: FIN set, no mask). */
final class FrameWriter {
    private byte[] buffer;
    private int length;

    FrameWriter(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    int length() {
        return length;
    }

    void raw(byte value) {
        reserve(1);
        buffer[length++] = value;
    }

    void raw(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    void frame(int firstByte, byte[] data) {
        reserve(data.length + 10);
        raw((byte) firstByte);
        if (data.length < 126) {
            raw((byte) data.length);
        } else if (data.length <= 0xffff) {
            raw((byte) 126);
            raw((byte) (data.length >> 8));
            raw((byte) data.length);
        } else {
            raw((byte) 127);
            for (var shift = 56; shift >= 0; shift -= 8) {
                raw((byte) ((long) data.length >> shift));
            }
        }
        raw(data);
    }

    byte[] bytes() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
