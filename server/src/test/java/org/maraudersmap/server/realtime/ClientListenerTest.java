package org.maraudersmap.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.maraudersmap.server.support.SocketClient;
import org.springframework.context.annotation.Import;

@OwnProductTest
@Import(ClientListenerTest.SlowListener.class)
class ClientListenerTest {
    private final Api api;
    private final SlowListener listener;

    ClientListenerTest(Api api, SlowListener listener) {
        this.api = api;
        this.listener = listener;
    }

    /** Takes its time, and notes whether the client was welcomed meanwhile. */
    static final class SlowListener implements ClientListener {
        private final CountDownLatch welcomed = new CountDownLatch(1);
        private final CompletableFuture<Boolean> overtaken = new CompletableFuture<>();

        @Override
        public void onClientConnected(ConnectedClient client) {
            try {
                overtaken.complete(welcomed.await(500, TimeUnit.MILLISECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Else a client that asks at once who is there could miss itself, of which it is never told. */
    @Test
    void should_welcome_a_client_when_all_have_heard_of_it() {
        var session = api.registerStudent();
        try (var client = SocketClient.connect(api.port(), Map.of("token", session.accessToken()))) {
            var _ = client.await("connection:acknowledged");
            listener.welcomed.countDown();

            assertThat(listener.overtaken).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
        }
    }
}
