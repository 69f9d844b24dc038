package org.maraudersmap.socketio.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the messages that were last written, kept for the next session of the same drain: in a broadcast most
 * sessions have the very same messages due, so their bytes are put together once. Lives no longer than the drain, which
 * is what makes its reference count easy to see.
 */
final class WriteBatch implements AutoCloseable {
    private List<EncodedMessage> messages = List.of();
    private WebSocketEncoding encoding = WebSocketEncoding.PLAIN;
    private @Nullable ByteBuf bytes;

    /** The messages' frames in one buffer, which the caller owns. */
    ByteBuf frames(List<EncodedMessage> wanted, WebSocketEncoding wantedEncoding, int threshold,
            ByteBufAllocator allocator) {
        var current = bytes;
        if (current == null || encoding != wantedEncoding || !same(wanted)) {
            close();
            var frames = new byte[wanted.size()][];
            var length = 0;
            for (var i = 0; i < frames.length; i++) {
                frames[i] = wantedEncoding.frames(wanted.get(i), threshold);
                length += frames[i].length;
            }
            current = allocator.directBuffer(length);
            for (var frame : frames) {
                current.writeBytes(frame);
            }
            bytes = current;
            messages = wanted;
            encoding = wantedEncoding;
        }
        return current.retainedDuplicate();
    }

    private boolean same(List<EncodedMessage> wanted) {
        if (wanted.size() != messages.size()) {
            return false;
        }
        for (var i = 0; i < wanted.size(); i++) {
            if (!isSame(wanted.get(i), messages.get(i))) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // the same object is what makes the same bytes
    private static boolean isSame(EncodedMessage one, EncodedMessage other) {
        return one == other;
    }

    @Override
    public void close() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
            messages = List.of();
        }
    }
}
