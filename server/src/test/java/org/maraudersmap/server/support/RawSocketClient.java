package org.maraudersmap.server.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that speaks Socket.IO by hand, over a WebSocket, to say what the official ones say only when they want to:
 * which session it recovers, after which offset. It vanishes without a word.
 */
public final class RawSocketClient implements AutoCloseable {
    /** Escapes what is not ASCII: so half a surrogate can be sent, too, which has no UTF-8. */
    private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> packets = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket webSocket;
    private int acknowledgements;

    /** An event; the offset is empty if it came with none. */
    public record Message(String event, JsonNode payload, String offset) {}

    private RawSocketClient(int port) {
        this.webSocket = HTTP.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"),
                        new Receiver())
                .join();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var packet = text.toString();
                text.setLength(0);
                if (packet.equals("2")) {
                    send("3");
                } else {
                    packets.add(packet);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete(0);
        }
    }

    /** Connects with what {@code auth} says and waits until it is connected or refused. */
    public static RawSocketClient connect(int port, Map<String, String> auth) {
        var client = new RawSocketClient(port);
        client.send("40" + JSON.writeValueAsString(auth));
        Awaitility.await("an answer to CONNECT").atMost(PATIENCE)
                .until(() -> client.hasPacket("40") || client.hasPacket("44"));
        return client;
    }

    /** Connects as somebody, and waits until it is welcomed. */
    public static RawSocketClient connectAs(Api api, Api.Session session) {
        return connect(api.port(), Map.of("token", session.accessToken())).awaitWelcome();
    }

    /** Comes back as the official clients do, with the session and the last offset of another connection. */
    public static RawSocketClient recover(Api api, Api.Session session, String pid, String offset) {
        return connect(api.port(), Map.of("token", session.accessToken(), "pid", pid, "offset", offset));
    }

    private void send(String packet) {
        var _ = webSocket.sendText(packet, true).join();
    }

    private boolean hasPacket(String prefix) {
        return packets.stream().anyMatch(packet -> packet.startsWith(prefix));
    }

    private JsonNode packet(String prefix) {
        return packets.stream()
                .filter(packet -> packet.startsWith(prefix))
                .map(packet -> JSON.readTree(packet.substring(prefix.length())))
                .findFirst()
                .orElseThrow();
    }

    /** The private id of the session that it has now. */
    public String pid() {
        return packet("40").path("pid").asString();
    }

    /** Waits for {@code connection:acknowledged}. */
    public RawSocketClient awaitWelcome() {
        var _ = await("connection:acknowledged");
        return this;
    }

    /** Whether the server said that it went on where it was. */
    public boolean isRecovered() {
        return await("connection:acknowledged").payload().path("recovered").asBoolean();
    }

    /** The message of a refusal. */
    public String refusal() {
        return packet("44").path("message").asString();
    }

    /** Sends an event and waits for its acknowledgement. */
    public JsonNode ask(String event, Map<String, ?> payload) {
        var id = acknowledgements++;
        send("42" + id + JSON.writeValueAsString(List.of(event, payload)));
        Awaitility.await("an acknowledgement of " + event).atMost(PATIENCE).until(() -> hasPacket("43" + id + "["));
        return packet("43" + id).path(0);
    }

    /** Everything that was heard, in order. */
    public List<Message> heard() {
        return packets.stream()
                .filter(packet -> packet.startsWith("42"))
                .map(packet -> JSON.readTree(packet.substring(2)))
                .map(
                        event -> new Message(
                                event.path(0).asString(),
                                event.path(1),
                                event.path(event.size() - 1).asString("")))
                .toList();
    }

    /** Everything that was heard of an event. */
    public List<Message> heard(String event) {
        return heard().stream().filter(message -> message.event().equals(event)).toList();
    }

    /** Waits for an event. */
    public Message await(String event) {
        Awaitility.await(event).atMost(PATIENCE).until(() -> !heard(event).isEmpty());
        return heard(event).getFirst();
    }

    /** Waits until the server has taken it out of the namespace: it must not come back by itself. */
    public void awaitDisconnect() {
        Awaitility.await("a DISCONNECT").atMost(PATIENCE).until(() -> hasPacket("41"));
    }

    /** Waits until the connection is closed. */
    public void awaitClose() {
        Awaitility.await("the end of the connection").atMost(PATIENCE).until(closed::isDone);
    }

    /** Whether the connection stands. */
    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Goes without a word, as a client whose network broke. */
    @Override
    public void close() {
        webSocket.abort();
    }
}
