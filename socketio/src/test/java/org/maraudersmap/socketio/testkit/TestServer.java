package org.maraudersmap.socketio.testkit;

import static org.maraudersmap.socketio.testkit.Patience.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.maraudersmap.socketio.BoundEndpoint;
import org.maraudersmap.socketio.DisconnectReason;
import org.maraudersmap.socketio.Endpoint;
import org.maraudersmap.socketio.Namespace;
import org.maraudersmap.socketio.Socket;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.SocketIoSettings;

/** A server on a free port, and HTTP requests to it. */
public final class TestServer implements AutoCloseable {
    private final SocketIoServer server;
    private final BoundEndpoint endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> connected = new CopyOnWriteArrayList<>();
    private final List<DisconnectReason> disconnected = new CopyOnWriteArrayList<>();

    private TestServer(SocketIoServer server, Endpoint endpoint) {
        this.server = server;
        server.of("/").onConnection(this::noteConnection).onDisconnect((socket, reason) -> noteDisconnection(reason));
        this.endpoint = server.bind(endpoint);
    }

    /** One with changed settings. */
    public static TestServer start(UnaryOperator<SocketIoSettings.Builder> settings) {
        return start(SocketIoServer.builder().settings(settings.apply(SocketIoSettings.builder()).build()).build());
    }

    /** One with the default settings. */
    public static TestServer start() {
        return start(SocketIoServer.create());
    }

    /** One around a server. */
    public static TestServer start(SocketIoServer server) {
        return new TestServer(server, Endpoint.of("localhost", 0).threads(2));
    }

    /** One around a server, bound as told. */
    public static TestServer start(SocketIoServer server, Endpoint endpoint) {
        return new TestServer(server, endpoint);
    }

    /** The server itself. */
    public SocketIoServer server() {
        return server;
    }

    /** Its main namespace. */
    public Namespace main() {
        return server.of("/");
    }

    /** Keeps the first ones only, for tests with many. */
    private void noteConnection(Socket socket) {
        if (connected.size() < 1000) {
            connected.add(socket);
        }
    }

    private void noteDisconnection(DisconnectReason reason) {
        if (disconnected.size() < 1000) {
            disconnected.add(reason);
        }
    }

    /** Its port. */
    public int port() {
        return endpoint.port();
    }

    /** Which transport it uses. */
    public String transport() {
        return endpoint.transport();
    }

    /** Its address for clients. */
    public String url() {
        return "http://localhost:" + port();
    }

    /** The sockets that have connected to the main namespace, in order; waits for so many. */
    public List<Socket> connected(int count) {
        return await().until(() -> new ArrayList<>(connected), all -> all.size() >= count);
    }

    /** Why sockets have left the main namespace, in order; waits for so many. */
    public List<DisconnectReason> disconnected(int count) {
        return await().until(() -> new ArrayList<>(disconnected), all -> all.size() >= count);
    }

    /** A WebSocket that has its Engine.IO handshake behind it. */
    public RawWebSocket webSocket(String... headers) {
        var webSocket = RawWebSocket.open(port(), "/socket.io/?EIO=4&transport=websocket", headers);
        if (webSocket.status() == 101) {
            var _ = webSocket.next();
        }
        return webSocket;
    }

    /** A WebSocket that is in the main namespace. */
    public RawWebSocket connectedWebSocket() {
        var webSocket = webSocket();
        webSocket.send("40");
        var _ = webSocket.next();
        return webSocket;
    }

    /** A request to the Socket.IO path. */
    public CompletableFuture<HttpResponse<String>> request(String method, String query, String body,
            String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + "/socket.io/?" + query))
                .version(HttpClient.Version.HTTP_1_1).timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** GET. */
    public HttpResponse<String> get(String query, String... headers) {
        return request("GET", query, "", headers).join();
    }

    /** A new polling session's id. */
    public String openPolling() {
        var body = get("EIO=4&transport=polling").body();
        return body.substring(body.indexOf("\"sid\":\"") + 7, body.indexOf("\",\"upgrades"));
    }

    /** One poll of a session. */
    public HttpResponse<String> poll(String sid) {
        return get("EIO=4&transport=polling&sid=" + sid);
    }

    /** One post of a session. */
    public HttpResponse<String> post(String sid, String body) {
        return request("POST", "EIO=4&transport=polling&sid=" + sid, body).join();
    }

    @Override
    public void close() {
        try {
            var _ = server.shutdown(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endpoint.close();
        http.close();
    }

    /** A plain TCP connection to it. */
    public java.net.Socket tcp() throws IOException {
        return new java.net.Socket("localhost", port());
    }
}
