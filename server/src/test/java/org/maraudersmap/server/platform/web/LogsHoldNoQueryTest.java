package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.slf4j.LoggerFactory;

/** A token may be in a query, and whoever reads logs must not get it: not even of those who look for a fault. */
@ProductTest
@Isolated
class LogsHoldNoQueryTest {
    private static final String SECRET = "eyJ0eXAiOiJKV1QifQ.alohomora";
    private static final List<String> CHATTY = List.of("org.springframework", "reactor", "io.netty",
            "org.maraudersmap");

    private final Api api;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    LogsHoldNoQueryTest(Api api) {
        this.api = api;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        CHATTY.forEach(name -> logger(name).setLevel(Level.DEBUG));
    }

    @AfterEach
    void stopListening() {
        CHATTY.forEach(name -> logger(name).setLevel(null));
        logger(Logger.ROOT_LOGGER_NAME).detachAppender(lines);
    }

    private void sendRaw(String requestLine) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream()
                    .write(
                            (requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var _ = socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void should_log_no_query_at_whatever_level() throws IOException {
        var admin = api.loginAdmin().accessToken();
        var query = "?token=" + SECRET;

        for (var path : List.of("/api/incidents", "/api/nowhere", "/api/incidents/x", "/%61pi", "/health", "/metrics",
                "/swagger-ui/index.html", "/swagger-ui.html", "/v3/api-docs", "/")) {
            for (var token : new String[]{null, admin}) {
                api.send("GET", path + query, token, null);
                api.send("PROPFIND", path + query, token, null);
                api.send("POST", path + query, token, Map.of());
            }
        }
        sendRaw("GET /api/incidents" + query + "&q=% HTTP/1.1");
        sendRaw("GET /api/incidents" + query + "&q=| HTTP/1.1");
        sendRaw("GET /socket.io/" + query + "&EIO=4&transport=polling HTTP/1.1");
        sendRaw("GET /socket.io/" + query + "&EIO=3&transport=owl HTTP/1.1");
        sendRaw("GET /api/incidents" + query + " HTTP/9.9");
        sendRaw("GET /api/incidents" + query + "&x=" + "x".repeat(20_000) + " HTTP/1.1");

        var texts = List.copyOf(lines.list).stream().map(LogsHoldNoQueryTest::textOf).toList();
        assertThat(texts).hasSizeGreaterThan(10);
        assertThat(texts.stream().filter(text -> text.contains(SECRET))).isEmpty();
    }

    private static String textOf(ILoggingEvent line) {
        return line.getLoggerName() + " " + line.getFormattedMessage() + " "
                + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }
}
