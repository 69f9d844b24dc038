package org.maraudersmap.e2e.socket;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any number of official clients, in a Node.js process that nobody else uses meanwhile. */
public final class SocketClients implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ACKNOWLEDGEMENT_TIMEOUT = 10_000;

    private final String url;
    private final NodeProcess node;
    private final Map<Long, SocketClient> clients = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

    private SocketClients(String url) {
        this.url = url;
        this.node = NodeProcess.take(this::note);
    }

    /** Clients that will connect to {@code product}. */
    public static SocketClients of(Product product) {
        return new SocketClients(product.api().base());
    }

    /** Clients that will connect through {@code network}. */
    public static SocketClients of(Network network) {
        return new SocketClients(network.url());
    }

    /** Connects by WebSocket with a token, and does not come back by itself. */
    public SocketClient connect(String token) {
        return connect(ConnectOptions.withToken(token));
    }

    /** Connects; whether it succeeded is for the caller to await. */
    public SocketClient connect(ConnectOptions options) {
        return connect(options, _ -> {
        });
    }

    /** Connects, and has {@code listener} called with every event as it comes, on one thread. */
    public SocketClient connect(ConnectOptions options, Consumer<SocketEvent> listener) {
        return connect(options, false, listener);
    }

    /**
     * Connects a client that tells only when it is connected and disconnected, and adds what it hears of the log up;
     * see
     * {@link #digests}.
     */
    public SocketClient connectDigesting(ConnectOptions options) {
        return connect(options, true, _ -> {
        });
    }

    private SocketClient connect(ConnectOptions options, boolean digesting, Consumer<SocketEvent> listener) {
        var client = new SocketClient(this, node.nextNumber(), listener);
        clients.put(client.id(), client);
        send("connect", client.id(), Map.of("url", url, "options", options.asMap(), "digesting", digesting));
        return client;
    }

    /** What each of the digesting clients has heard of the log so far. */
    public Map<SocketClient, Digest> digests() {
        var digests = new HashMap<SocketClient, Digest>();
        ask("digests", 0, Map.of()).orTimeout(ACKNOWLEDGEMENT_TIMEOUT, TimeUnit.MILLISECONDS)
                .join()
                .forEach(each -> digests.put(
                        Objects.requireNonNull(clients.get(each.path("id").asLong())),
                        JSON.treeToValue(each.path("digest"), Digest.class)));
        return digests;
    }

    void send(String operation, long id, Map<String, ?> parameters) {
        var command = new HashMap<String, Object>(parameters);
        command.put("op", operation);
        command.put("id", id);
        node.tell(JSON.writeValueAsString(command));
    }

    CompletableFuture<JsonNode> emit(long id, String event, List<?> arguments) {
        return ask("emit", id, Map.of("event", event, "args", arguments, "timeout", ACKNOWLEDGEMENT_TIMEOUT));
    }

    private CompletableFuture<JsonNode> ask(String operation, long id, Map<String, ?> parameters) {
        var call = node.nextNumber();
        var answer = new CompletableFuture<JsonNode>();
        calls.put(call, answer);
        var all = new HashMap<String, Object>(parameters);
        all.put("call", call);
        send(operation, id, all);
        return answer;
    }

    private void note(String line) {
        var message = JSON.readTree(line);
        if (message.path("type").asString().equals("ack")) {
            var answer = calls.remove(message.path("call").asLong());
            if (answer != null && message.hasNonNull("error")) {
                answer.completeExceptionally(new IllegalStateException(message.path("error").asString()));
            } else if (answer != null) {
                answer.complete(message.path("answer"));
            }
            return;
        }
        var client = clients.get(message.path("id").asLong());
        if (client != null) {
            client.note(message);
        }
    }

    /** Ends all their connections, as the end of their process would. */
    @Override
    public void close() {
        try {
            ask("end", 0, Map.of()).get(ACKNOWLEDGEMENT_TIMEOUT, TimeUnit.MILLISECONDS);
            node.leaveToOthers();
        } catch (ExecutionException | TimeoutException | UncheckedIOException gone) {
            node.end();
        } catch (InterruptedException interrupted) {
            node.end();
            Thread.currentThread().interrupt();
        }
    }
}
