package org.maraudersmap.e2e.socket;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/** One official client: what was told to it, and what it is told to do. Thread-safe. */
public final class SocketClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SocketClients process;
    private final long id;
    private final Consumer<SocketEvent> listener;
    private final List<SocketEvent> events = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final List<String> disconnects = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private int connections;

    /** A connection that stands; {@code pid} is the private id of its session, which only the client knows. */
    public record Connection(String socketId, String pid, boolean recovered, String transport) {}

    SocketClient(SocketClients process, long id, Consumer<SocketEvent> listener) {
        this.process = process;
        this.id = id;
        this.listener = listener;
    }

    long id() {
        return id;
    }

    void note(JsonNode message) {
        switch (message.path("type").asString()) {
            case "connect" -> noteConnection(message);
            case "upgrade" -> noteUpgrade(message.path("transport").asString());
            case "connect_error" -> noteRefusal(message.path("message").asString());
            case "disconnect" -> noteDisconnect(message.path("reason").asString());
            default -> noteEvent(message);
        }
    }

    private synchronized void noteConnection(JsonNode message) {
        connections++;
        connection = Optional.of(
                new Connection(
                        message.path("socketId").asString(),
                        message.path("pid").asString(""),
                        message.path("recovered").asBoolean(),
                        message.path("transport").asString()));
    }

    private synchronized void noteUpgrade(String transport) {
        connection = connection.map(old -> new Connection(old.socketId(), old.pid(), old.recovered(), transport));
    }

    private synchronized void noteRefusal(String reason) {
        refusals.add(reason);
    }

    private synchronized void noteDisconnect(String reason) {
        disconnects.add(reason);
        connection = Optional.empty();
    }

    private void noteEvent(JsonNode message) {
        var arguments = new ArrayList<JsonNode>();
        message.path("args").forEach(arguments::add);
        var at = Instant.ofEpochSecond(0, (long) (message.path("at").asDouble() * 1_000_000));
        SocketEvent event;
        synchronized (this) {
            event = new SocketEvent(message.path("event").asString(), List.copyOf(arguments), connections, at);
            events.add(event);
        }
        listener.accept(event);
    }

    /** Waits until it is connected and welcomed. */
    public SocketClient awaitWelcome() {
        awaitEvent("connection:acknowledged");
        return this;
    }

    /** Waits until it is refused: the message. */
    public String awaitRefusal() {
        waiting("a refusal").until(() -> !refusals().isEmpty());
        return refusals().getFirst();
    }

    /** Waits until it is disconnected: the reason that the official client gives. */
    public String awaitDisconnect() {
        waiting("a disconnection").until(() -> !disconnects().isEmpty());
        return disconnects().getFirst();
    }

    /** Waits for the first event of a name. */
    public SocketEvent awaitEvent(String name) {
        return awaitEvent(name, _ -> true);
    }

    /** Waits for the first event of a name with such a payload. */
    public SocketEvent awaitEvent(String name, Predicate<JsonNode> payload) {
        return waiting(name).until(
                () -> events(name).stream().filter(event -> payload.test(event.payload())).findFirst(),
                Optional::isPresent).orElseThrow();
    }

    private ConditionFactory waiting(String what) {
        return await(what + " on client " + id).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(
                Duration.ofMillis(2));
    }

    /** Sends an event and waits for its acknowledgement. */
    public JsonNode emit(String event, Object payload) {
        return emitAll(event, List.of(payload));
    }

    /** Sends an event without a payload and waits for its acknowledgement. */
    public JsonNode emit(String event) {
        return emitAll(event, List.of());
    }

    private JsonNode emitAll(String event, List<?> arguments) {
        try {
            return process.emit(id, event, arguments).get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(event + " was not acknowledged", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends an event and asks for no acknowledgement. */
    public void send(String event, Object payload) {
        process.send("send", id, Map.of("event", event, "args", List.of(payload)));
    }

    /** Joins the room of an incident and waits until it is in. */
    public SocketClient joinIncident(long incident) {
        var answer = emit("room:join", Map.of("room", "incident:" + incident));
        if (!answer.path("ok").asBoolean()) {
            throw new IllegalStateException("room:join was answered " + answer);
        }
        return this;
    }

    /** Leaves. */
    public void disconnect() {
        process.send("disconnect", id, Map.of());
    }

    /** Connects again after {@link #disconnect()}. */
    public void reconnect() {
        process.send("reconnect", id, Map.of());
    }

    /** Loses its connection as by a fault of the network. */
    public void cut() {
        process.send("cut", id, Map.of());
    }

    /** Everything received so far. */
    public synchronized List<SocketEvent> events() {
        return List.copyOf(events);
    }

    /** Everything of a name received so far. */
    public List<SocketEvent> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Messages of all refused connections so far. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Reasons of all disconnections so far. */
    public synchronized List<String> disconnects() {
        return List.copyOf(disconnects);
    }

    /** The transport of the connection that stands; empty while none does. */
    public String transport() {
        return connection().map(Connection::transport).orElse("");
    }

    /** The connection that stands, if one does. */
    public synchronized Optional<Connection> connection() {
        return connection;
    }
}
