package org.maraudersmap.socketio.engineio;

import io.netty.handler.codec.TooLongFrameException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** permessage-deflate (RFC 7692) without context takeover, so that one compressed message serves every client. */
final class MessageDeflater {
    /** An empty stored block, which ends every message and is left out on the wire (section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private MessageDeflater() {}

    static byte[] deflate(byte[] data) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(data);
            var out = new byte[data.length + data.length / 1000 + 64];
            var length = 0;
            while (true) {
                length += deflater.deflate(out, length, out.length - length, Deflater.SYNC_FLUSH);
                if (length < out.length) {
                    return Arrays.copyOf(out, length - TAIL.length);
                }
                out = Arrays.copyOf(out, out.length * 2);
            }
        } finally {
            deflater.end();
        }
    }

    /**
     * Inflates one message.
     *
     * @throws TooLongFrameException
     *             if it would be longer than {@code max}, before that much memory is taken
     * @throws DataFormatException
     *             if it is no deflate stream
     */
    static byte[] inflate(byte[] data, int max) throws DataFormatException {
        var inflater = new Inflater(true);
        try {
            var out = new byte[Math.min(max, Math.max(256, data.length * 4))];
            var length = 0;
            for (var input : new byte[][]{data, TAIL}) {
                inflater.setInput(input);
                while (!inflater.needsInput() && !inflater.finished()) {
                    if (length == out.length) {
                        if (length >= max) {
                            throw new TooLongFrameException("a compressed message is longer than " + max + " bytes");
                        }
                        out = Arrays.copyOf(out, Math.min(max, out.length * 2));
                    }
                    var count = inflater.inflate(out, length, out.length - length);
                    length += count;
                    if (count == 0 && inflater.needsDictionary()) {
                        throw new DataFormatException("a dictionary is wanted");
                    }
                }
            }
            return Arrays.copyOf(out, length);
        } finally {
            inflater.end();
        }
    }
}
