package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.RawHttp;
import org.springframework.test.context.TestPropertySource;

/** Behind a proxy that is trusted, sockets count by the client, as requests do. */
@OwnProductTest
@TestPropertySource(properties = {"TRUSTED_PROXIES=127.0.0.0/8,::1", "MAX_SOCKETS_PER_ADDRESS=1"})
class ProxiedSocketsTest {
    private final Api api;

    ProxiedSocketsTest(Api api) {
        this.api = api;
    }

    private int open(String forwardedFor) {
        return RawHttp.statusOf(RawHttp.answerTo(api.port(), "GET /socket.io/?EIO=4&transport=polling HTTP/1.1",
                "Host: map.example.org", "X-Forwarded-For: " + forwardedFor));
    }

    @Test
    void should_count_sockets_by_the_client_that_a_trusted_proxy_names() {
        assertThat(open("203.0.113.7")).isEqualTo(200);
        assertThat(open("203.0.113.8")).isEqualTo(200);
        assertThat(open("10.9.9.9, 203.0.113.7:5050")).isEqualTo(429);
        assertThat(open("2001:db8::1")).isEqualTo(200);
        assertThat(open("2001:db8::2")).isEqualTo(429);
        assertThat(open("2001:db8:0:1::1")).isEqualTo(200);
    }
}
