package org.maraudersmap.server.platform.web;

import io.netty.buffer.ByteBuf;

/**
 * Follows the frames that come in on a WebSocket (RFC 6455, section 5.2), to know how much has come of a message that
 * is not complete. It reads nothing away and judges nothing.
 */
final class WebSocketFrames {
    private static final int FINAL = 0x80;
    private static final int CONTROL = 0x08;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int IN_TWO_BYTES = 126;
    private static final int IN_EIGHT_BYTES = 127;
    private static final int MASK_BYTES = 4;
    private static final int BITS_OF_BYTE = 8;
    private static final int BYTE = 0xff;

    private long unfinished;
    private long unfinishedBefore;
    private int first;
    private int headBytes;
    private int lengthBytesLeft;
    private int maskBytesLeft;
    private long payloadLeft;

    /** Takes note of what has come. */
    void follow(ByteBuf bytes) {
        var at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (isInPayload()) {
                var count = (int) Math.min(payloadLeft, bytes.writerIndex() - at);
                at += count;
                unfinished += count;
                payloadLeft -= count;
                endFrameThatIsComplete();
            } else {
                followHead(bytes.getByte(at) & BYTE);
                at++;
            }
        }
    }

    /** Bytes of a message, fragments included, whose end has not come. */
    long unfinishedBytes() {
        return unfinished;
    }

    private boolean isInPayload() {
        return headBytes >= 2 && lengthBytesLeft == 0 && maskBytesLeft == 0;
    }

    private void followHead(int next) {
        unfinished++;
        headBytes++;
        if (headBytes == 1) {
            unfinishedBefore = unfinished - 1;
            first = next;
        } else if (headBytes == 2) {
            var length = next & LENGTH;
            lengthBytesLeft = switch (length) {
                case IN_TWO_BYTES -> Short.BYTES;
                case IN_EIGHT_BYTES -> Long.BYTES;
                default -> 0;
            };
            payloadLeft = lengthBytesLeft == 0 ? length : 0;
            maskBytesLeft = (next & MASKED) == 0 ? 0 : MASK_BYTES;
        } else if (lengthBytesLeft > 0) {
            payloadLeft = (payloadLeft << BITS_OF_BYTE | next) & Long.MAX_VALUE;
            lengthBytesLeft--;
        } else {
            maskBytesLeft--;
        }
        endFrameThatIsComplete();
    }

    private void endFrameThatIsComplete() {
        if (!isInPayload() || payloadLeft > 0) {
            return;
        }
        headBytes = 0;
        if ((first & CONTROL) != 0) {
            // It may come between the fragments of a message and is none of them.
            unfinished = unfinishedBefore;
        } else if ((first & FINAL) != 0) {
            unfinished = 0;
        }
    }
}
