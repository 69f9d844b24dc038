package org.maraudersmap.socketio.testkit;

import static org.maraudersmap.socketio.testkit.Patience.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Official JavaScript clients, all in one Node.js process. */
public final class OfficialClients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Process process;
    private final BufferedWriter commands;
    private final List<JsonNode> reports = new ArrayList<>();
    private int clients;

    /** Starts Node.js. */
    public OfficialClients() {
        try {
            process = new ProcessBuilder("node", "driver.mjs").directory(Path.of("src/test/js").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js is needed to run the official client", e);
        }
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(this::read);
        awaitReport(report -> report.path("type").asString().equals("ready"));
    }

    private void read() {
        try (var reader = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var report = mapper.readTree(line);
                synchronized (reports) {
                    reports.add(report);
                }
            }
        } catch (IOException e) {
            // The process was stopped.
        }
    }

    /** A client that connects now; options as in the client's documentation. */
    public Client connect(String url, Map<String, ?> options) {
        var client = new Client("client-" + clients++);
        client.command("connect", Map.of("url", url, "options", options));
        return client;
    }

    private JsonNode awaitReport(Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE).until(() -> find(wanted), Optional::isPresent).orElseThrow();
    }

    private Optional<JsonNode> find(Predicate<JsonNode> wanted) {
        synchronized (reports) {
            return reports.stream().filter(wanted).findFirst();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** One client. What it reports is taken in order of kinds: each report is given out once. */
    public final class Client {
        private final String name;
        private final Map<String, Integer> taken = new HashMap<>();

        private Client(String name) {
            this.name = name;
        }

        private void command(String op, Map<String, ?> more) {
            var command = new HashMap<String, Object>(more);
            command.put("op", op);
            command.put("client", name);
            try {
                commands.write(mapper.writeValueAsString(command));
                commands.newLine();
                commands.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Another namespace on this client's connection. */
        public Client sibling(String namespace) {
            var sibling = new Client("client-" + clients++);
            sibling.command("sibling", Map.of("of", name, "namespace", namespace));
            return sibling;
        }

        /** Emits without acknowledgement. */
        public void emit(String event, Object... args) {
            command("emit", Map.of("name", event, "args", List.of(args)));
        }

        /** Emits and waits for the acknowledgement. */
        public JsonNode ask(String event, Object... args) {
            command("ask", Map.of("name", event, "args", List.of(args)));
            return next("ack").path("args");
        }

        /** Calls {@code disconnect()}. */
        public void disconnect() {
            command("disconnect", Map.of());
        }

        /** Calls {@code connect()}. */
        public void reconnect() {
            command("reconnect", Map.of());
        }

        /** Breaks the connection. */
        public void kill() {
            command("kill", Map.of());
        }

        /** Lets a client that was refused try again. */
        public void retry() {
            command("retry", Map.of());
        }

        /** Breaks the connection so that the server does not notice. */
        public void vanish() {
            command("vanish", Map.of());
        }

        /** Presents another session's secrets at the next connection. */
        public void impersonate(String pid, String offset) {
            command("impersonate", Map.of("pid", pid, "offset", offset));
        }

        /** The session's private id and the last offset. */
        public JsonNode secrets() {
            command("secrets", Map.of());
            return next("secrets");
        }

        /** Uses another {@code auth} from now on. */
        public void auth(Map<String, ?> auth) {
            command("auth", Map.of("auth", auth));
        }

        /** Connects to another server from now on. */
        public void aim(String url) {
            command("aim", Map.of("url", url));
        }

        /** The next report of a type; waits for it. */
        public JsonNode next(String type) {
            var index = taken.merge(type, 1, Integer::sum);
            return await().atMost(PATIENCE).until(() -> reports(type), all -> all.size() >= index).get(index - 1);
        }

        /** The next connection. */
        public JsonNode connected() {
            return next("connect");
        }

        /** The next event; its arguments are under {@code args}. */
        public JsonNode event() {
            return next("event");
        }

        /** The names of all events so far. */
        public List<String> eventNames() {
            return reports("event").stream().map(report -> report.path("name").asString()).toList();
        }

        /** All reports of a type so far. */
        public List<JsonNode> reports(String type) {
            synchronized (reports) {
                return reports.stream().filter(report -> report.path("client").asString().equals(name)
                        && report.path("type").asString().equals(type)).toList();
            }
        }
    }
}
