package org.maraudersmap.server.support;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.json.JSONException;
import org.json.JSONObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official Java client, which remembers everything that it hears. */
public final class SocketClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    /** What was heard: the payload, and the offset that came with it (empty if none did). */
    public record Message(String event, JsonNode payload, String offset) {}

    private SocketClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects with what {@code auth} says and waits until it is connected or refused. */
    public static SocketClient connect(int port, Map<String, String> auth, String... transports) {
        var options = new IO.Options();
        options.forceNew = true;
        options.reconnection = false;
        options.auth = auth;
        options.transports = transports.length == 0 ? new String[]{"websocket"} : transports;
        var client = new SocketClient(IO.socket(URI.create("http://127.0.0.1:" + port), options));
        client.hear(Socket.EVENT_CONNECT);
        client.hear(Socket.EVENT_CONNECT_ERROR);
        client.hear(Socket.EVENT_DISCONNECT);
        client.socket.onAnyIncoming(arguments -> client.note(String.valueOf(arguments[0]), rest(arguments)));
        client.socket.connect();
        Awaitility.await().atMost(PATIENCE)
                .until(() -> client.hasHeard(Socket.EVENT_CONNECT) || client.hasHeard(Socket.EVENT_CONNECT_ERROR));
        return client;
    }

    /** Connects as somebody and waits for the acknowledgement. */
    public static SocketClient connectAs(Api api, Api.Session session) {
        var client = connect(api.port(), Map.of("token", session.accessToken()));
        client.await("connection:acknowledged");
        return client;
    }

    private void hear(String event) {
        Emitter.Listener listener = arguments -> note(event, arguments);
        socket.on(event, listener);
    }

    private static Object[] rest(Object[] arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    private void note(String event, Object[] arguments) {
        var offset = arguments.length > 1 && arguments[arguments.length - 1] instanceof String text ? text : "";
        heard.add(new Message(event, arguments.length == 0 ? JSON.missingNode() : toJson(arguments[0]), offset));
    }

    private static JsonNode toJson(Object argument) {
        return switch (argument) {
            case JSONObject object -> JSON.readTree(object.toString());
            case Exception exception -> JSON.valueToTree(Map.of("message", String.valueOf(exception.getMessage())));
            default -> JSON.valueToTree(argument.toString());
        };
    }

    /** Everything that was heard of an event. */
    public List<Message> heard(String event) {
        return heard.stream().filter(message -> message.event().equals(event)).toList();
    }

    /** Everything that was heard, in order. */
    public List<Message> heard() {
        return List.copyOf(heard);
    }

    private boolean hasHeard(String event) {
        return !heard(event).isEmpty();
    }

    /** Waits for an event. */
    public Message await(String event) {
        return await(event, _ -> true);
    }

    /** Waits for an event with a certain payload. */
    public Message await(String event, Predicate<JsonNode> condition) {
        Awaited awaited = new Awaited();
        Awaitility.await("event " + event).atMost(PATIENCE).until(() -> {
            awaited.found = heard(event).stream().filter(message -> condition.test(message.payload())).toList();
            return !awaited.found.isEmpty();
        });
        return awaited.found.getFirst();
    }

    private static final class Awaited {
        private List<Message> found = List.of();
    }

    /** Sends an event and waits for its acknowledgement. */
    public JsonNode ask(String event, Map<String, ?> payload) {
        var answer = new CompletableFuture<JsonNode>();
        socket.emit(
                event,
                new Object[]{toObject(payload)},
                (Ack) arguments -> answer.complete(arguments.length == 0 ? JSON.missingNode() : toJson(arguments[0])));
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Sends an event without asking for an acknowledgement. */
    public void tell(String event, Map<String, ?> payload) {
        socket.emit(event, toObject(payload));
    }

    private static JSONObject toObject(Map<String, ?> payload) {
        try {
            return new JSONObject(JSON.writeValueAsString(payload));
        } catch (JSONException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether it is connected now. */
    public boolean isConnected() {
        return socket.connected();
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
