package org.maraudersmap.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP written by hand, for what no client library sends. */
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int ENOUGH_BYTES = 4_096;

    private RawHttp() {}

    /**
     * What comes back: the first bytes of the answer, with its status line and headers; empty if the connection is
     * closed without one.
     *
     * @param request
     *            its lines, without their ends; a body is none of them
     */
    public static String answerTo(int port, String... request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var text = String.join("\r\n", request) + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            var bytes = new byte[ENOUGH_BYTES];
            while (answer.indexOf("\r\n\r\n") < 0) {
                var count = socket.getInputStream().read(bytes);
                if (count < 0) {
                    break;
                }
                answer.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
            return answer.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The status of an answer; 0 if there is none. */
    public static int statusOf(String answer) {
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    }
}
