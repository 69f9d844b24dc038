package org.maraudersmap.e2e.badinput;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.e2e.harness.Api;

/** A WebSocket that speaks Engine.IO and Socket.IO by hand, well or badly. */
final class RawSocket implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private volatile boolean closed;

    private RawSocket(Api api) {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create(api.base().replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"),
                        new Receiver())
                .join();
    }

    /** Connects and is welcomed. */
    static RawSocket connect(Api api, String token) {
        var socket = new RawSocket(api);
        socket.awaitFrame("0{");
        socket.send("40{\"token\":\"" + token + "\"}");
        socket.awaitFrame("42[\"connection:acknowledged\"");
        return socket;
    }

    /** Connects, but not yet to a namespace. */
    static RawSocket open(Api api) {
        var socket = new RawSocket(api);
        socket.awaitFrame("0{");
        return socket;
    }

    /** Sends a frame; the server may close before it has taken all of a long one. */
    void send(String frame) {
        try {
            socket.sendText(frame, true).join();
        } catch (CompletionException cut) {
            closed = true;
        }
    }

    void sendBinary(byte... frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    void awaitFrame(String start) {
        await(start).atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(
                () -> received.stream().anyMatch(frame -> frame.startsWith(start)));
    }

    void awaitClose() {
        await("the server closes").atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> closed);
    }

    /** Waits for a Socket.IO DISCONNECT: it says that coming back with the same token is no use. */
    void awaitDisconnect() {
        awaitFrame("41");
    }

    List<String> received() {
        return List.copyOf(received);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed = true;
        }
    }
}
