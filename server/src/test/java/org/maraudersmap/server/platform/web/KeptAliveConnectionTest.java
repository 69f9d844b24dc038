package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;

@ProductTest
class KeptAliveConnectionTest {
    private static final int ROUNDS = 300;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Api api;

    KeptAliveConnectionTest(Api api) {
        this.api = api;
    }

    /** A refusal is made at once, right behind an answer that is still on its way out: a race inside the server. */
    @Test
    void should_answer_whatever_follows_a_refusal_on_the_same_connection() throws IOException {
        var good = request("Authorization: Bearer " + api.registerStudent().accessToken() + "\r\n");
        var refused = request("");
        List<Integer> expected = new ArrayList<>();
        List<Integer> answered = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            Collections.addAll(expected, 200, 401, 200);
        }

        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var answers = new BufferedInputStream(socket.getInputStream());
            for (var status : expected) {
                socket.getOutputStream().write(status == 200 ? good : refused);
                answered.add(readStatusOfAnswer(answers));
            }
        }

        assertThat(answered).isEqualTo(expected);
    }

    private static byte[] request(String headers) {
        return ("GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int readStatusOfAnswer(InputStream answers) throws IOException {
        var status = Integer.parseInt(readLine(answers).split(" ", 3)[1]);
        var length = 0;
        for (var line = readLine(answers); !line.isEmpty(); line = readLine(answers)) {
            var header = line.toLowerCase(Locale.ROOT).split(": ", 2);
            if (header[0].equals("content-length")) {
                length = Integer.parseInt(header[1]);
            }
        }
        answers.skipNBytes(length);
        return status;
    }

    private static String readLine(InputStream answers) throws IOException {
        var line = new StringBuilder();
        for (var next = answers.read(); next != '\n'; next = answers.read()) {
            if (next == -1) {
                throw new EOFException("closed after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
