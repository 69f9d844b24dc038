package org.maraudersmap.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maraudersmap.server.platform.settings.InvalidSettingException;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.mock.env.MockEnvironment;

class ClientAddressResolverTest {

    private static ClientAddressResolver resolver(String trusted) {
        return new ClientAddressResolver(
                new Settings(new MockEnvironment().withProperty("TRUSTED_PROXIES", trusted)));
    }

    private static String resolve(String trusted, String peer, String... forwardedFor) {
        return resolver(trusted)
                .resolveAddressOfClient(
                        new InetSocketAddress(InetAddress.ofLiteral(peer), 1234), List.of(forwardedFor))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                    | 192.0.2.1 | 203.0.113.5                         | 192.0.2.1
            10.0.0.0/8            | 192.0.2.1 | 203.0.113.5                         | 192.0.2.1
            10.0.0.0/8            | 10.1.2.3  | 203.0.113.5                         | 203.0.113.5
            10.0.0.0/8            | 10.1.2.3  | 198.51.100.9, 203.0.113.5           | 203.0.113.5
            10.0.0.0/8            | 10.1.2.3  | 198.51.100.9, 203.0.113.5, 10.9.9.9 | 203.0.113.5
            10.0.0.0/8            | 10.1.2.3  | 10.4.4.4                            | 10.4.4.4
            10.0.0.0/8            | 10.1.2.3  | 203.0.113.5, unknown                | 10.1.2.3
            10.0.0.0/8            | 10.1.2.3  | 203.0.113.5:4711                    | 203.0.113.5
            10.1.2.3              | 10.1.2.3  | [2001:db8::1]:4711                  | 2001:db8:0:0:0:0:0:1
            10.1.2.4, fd00::/8    | fd00::7   | 203.0.113.5                         | 203.0.113.5
            10.1.2.4/31           | 10.1.2.5  | 203.0.113.5                         | 203.0.113.5
            10.1.2.4/31           | 10.1.2.6  | 203.0.113.5                         | 10.1.2.6
            """)
    void should_believe_trusted_proxies_only(String trusted, String peer, String forwardedFor, String client) {
        assertThat(resolve(trusted, peer, forwardedFor)).isEqualTo(client);
    }

    @Test
    void should_read_several_headers_in_their_order() {
        assertThat(resolve("10.0.0.0/8", "10.1.2.3", "198.51.100.9", "203.0.113.5")).isEqualTo("203.0.113.5");
    }

    @Test
    void should_take_all_without_a_peer_for_one_client() {
        assertThat(resolver("").resolveAddressOfClient(null, List.of("203.0.113.5"))).hasToString("0.0.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "fd00::/129"})
    void should_refuse_proxies_that_are_no_addresses(String trusted) {
        assertThatThrownBy(() -> resolver(trusted)).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("TRUSTED_PROXIES=" + trusted)
                .hasMessageContaining("10.0.0.0/8");
    }
}
