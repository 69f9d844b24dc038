package org.maraudersmap.e2e.socket;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.maraudersmap.e2e.harness.Network;
import org.maraudersmap.e2e.harness.Product;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Node.js process with any number of official clients in it. */
public final class SocketClients implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path SCRIPT = Path.of("src", "test", "js", "client.mjs");
    private static final int ACKNOWLEDGEMENT_TIMEOUT = 10_000;

    private final String url;
    private final Process node;
    private final BufferedWriter commands;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, SocketClient> clients = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();

    private SocketClients(String url, Process node) {
        this.url = url;
        this.node = node;
        this.commands = node.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts the process; its clients will connect to {@code product}. */
    public static SocketClients of(Product product) {
        return at(product.api().base());
    }

    /** Starts the process; its clients will connect through {@code network}. */
    public static SocketClients of(Network network) {
        return at(network.url());
    }

    private static SocketClients at(String url) {
        try {
            Files.createDirectories(Path.of("target"));
            var node = new ProcessBuilder("node", SCRIPT.toString())
                    .redirectError(ProcessBuilder.Redirect.appendTo(Path.of("target", "client.log").toFile()))
                    .start();
            var clients = new SocketClients(url, node);
            Thread.ofPlatform().name("socket-clients").daemon().start(clients::readWhatTheyTell);
            return clients;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
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
        var client = new SocketClient(this, numbers.incrementAndGet(), listener);
        clients.put(client.id(), client);
        send("connect", client.id(), Map.of("url", url, "options", options.asMap(), "digesting", digesting));
        return client;
    }

    /** What each of the digesting clients has heard of the log so far. */
    public Map<SocketClient, Digest> digests() {
        var call = numbers.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        calls.put(call, answer);
        send("digests", 0, Map.of("call", call));
        var digests = new HashMap<SocketClient, Digest>();
        answer.orTimeout(ACKNOWLEDGEMENT_TIMEOUT, TimeUnit.MILLISECONDS)
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
        synchronized (commands) {
            try {
                commands.write(JSON.writeValueAsString(command));
                commands.newLine();
                commands.flush();
            } catch (IOException cause) {
                throw new UncheckedIOException("the client process is gone; see target/client.log", cause);
            }
        }
    }

    CompletableFuture<JsonNode> emit(long id, String event, List<?> arguments) {
        var call = numbers.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        calls.put(call, answer);
        send(
                "emit",
                id,
                Map.of("call", call, "event", event, "args", arguments, "timeout", ACKNOWLEDGEMENT_TIMEOUT));
        return answer;
    }

    private void readWhatTheyTell() {
        try (var lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                dispatch(JSON.readTree(line));
            }
        } catch (IOException gone) {
            // The process has ended; whoever waits for it will say so.
        }
    }

    private void dispatch(JsonNode message) {
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

    /** Ends the process and so all its connections. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!node.waitFor(5, TimeUnit.SECONDS)) {
                node.destroyForcibly();
            }
        } catch (IOException gone) {
            node.destroyForcibly();
        } catch (InterruptedException interrupted) {
            node.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
