package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.ProductTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@ProductTest
class AbandonedRequestTest {
    private static final int REQUESTS = 300;

    private final Api api;
    private final JdbcClient jdbc;

    AbandonedRequestTest(Api api, JdbcClient jdbc) {
        this.api = api;
        this.jdbc = jdbc;
    }

    @Test
    void should_keep_its_database_connections_when_clients_go_away() throws IOException {
        var token = api.registerStudent().accessToken();
        var before = databaseConnections();

        for (var sent = 0; sent < REQUESTS; sent++) {
            sendAndGoAway(token);
        }

        assertThat(api.get("/api/incidents?limit=1", token).status()).isEqualTo(200);
        assertThat(before).isNotEmpty();
        assertThat(databaseConnections()).containsAll(before);
    }

    private void sendAndGoAway(String token) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            var body = "{\"title\": \"Peeves was here\"}";
            var request = "POST /api/incidents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Set<Integer> databaseConnections() {
        return Set.copyOf(
                jdbc.sql("select pid from pg_stat_activity where application_name = 'marauders-map'")
                        .query((row, _) -> row.getInt("pid"))
                        .list());
    }
}
