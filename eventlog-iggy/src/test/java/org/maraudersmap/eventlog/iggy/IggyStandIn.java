package org.maraudersmap.eventlog.iggy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.EventLog;

/**
 * Speaks as much of the TCP protocol of an Iggy 0.8.0 server as the adapter uses, and fails to order. It keeps messages
 * in memory, over restarts as well, and listens on one port of the loopback interface all the time.
 */
public final class IggyStandIn implements AutoCloseable {

    /** What may happen to a request. */
    public enum Fault {
        /** Nothing: it is answered. */
        NONE,
        /** The connection is closed instead of an answer, and the request was not carried out. */
        FIN,
        /** The connection is reset instead of an answer, after the request was carried out. */
        RST,
        /** The request is carried out, and no answer ever comes. */
        SILENCE,
        /** The answer takes a while. */
        SLOW,
        /** The request is refused with an error code. */
        ERROR
    }

    private static final IggyPatience IMPATIENT = new IggyPatience(
            Duration.ofSeconds(1),
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Duration.ofMillis(5),
            Duration.ofMillis(50),
            Duration.ofMillis(300));
    private static final long BIND_NANOS = 10_000_000_000L;
    private static final long RETRY_NANOS = 1_000_000L;

    private static final int GET_STATS = 10;
    private static final int LOGIN = 38;
    private static final int POLL = 100;
    private static final int SEND = 101;
    private static final int GET_STREAM = 200;
    private static final int CREATE_STREAM = 202;
    private static final int CREATE_TOPIC = 302;

    private static final int OK = 0;
    private static final int GENERAL_ERROR = 1;
    private static final int INVALID_COMMAND = 3;
    private static final int UNAUTHENTICATED = 40;
    private static final int INVALID_CREDENTIALS = 42;
    private static final int STREAM_NOT_FOUND = 1010;
    private static final int STREAM_EXISTS = 1012;
    private static final int TOPIC_NOT_FOUND = 2011;
    private static final int TOPIC_EXISTS = 2013;
    private static final int PARTITION_NOT_FOUND = 3007;

    private static final int MESSAGE_HEADER = 64;
    private static final int OFFSET_IN_HEADER = 24;
    private static final int USER_HEADERS_LENGTH_IN_HEADER = 48;
    private static final int PAYLOAD_LENGTH_IN_HEADER = 52;
    private static final int BY_NAME = 2;
    private static final int POLL_OFFSET = 1;
    private static final int POLL_FIRST = 3;
    private static final int POLL_LAST = 4;

    private final Map<String, Map<String, List<byte[]>>> streams = new TreeMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile Function<Integer, Fault> faults = _ -> Fault.NONE;
    private volatile String version = "0.8.0";
    private volatile long slowMillis = 30;
    private volatile CountDownLatch silence = new CountDownLatch(1);
    private volatile @Nullable ServerSocket listening;

    /** Starts on a free port. */
    public IggyStandIn() {
        this.port = listen(0);
    }

    /** The port on which it listens whenever it is up. */
    public int port() {
        return port;
    }

    /** A log on this server that loses patience soon. */
    public BrokerEventLog openLog(String stream, EventLog database) {
        var settings = new IggySettings(
                "localhost", port, "iggy", "iggy", stream, OpenedLogs.TOPICS, 50, Duration.ofMillis(10));
        return IggyEventLogFactory.open(settings, IMPATIENT, database, new EventJson(), Clock.systemUTC());
    }

    /** Has every request, by its command code, go through {@code choice}. Called from several threads at once. */
    public void failAs(Function<Integer, Fault> choice) {
        faults = choice;
    }

    /** Has requests answered again. */
    public void recover() {
        faults = _ -> Fault.NONE;
    }

    /** What {@link Fault#SLOW} means. */
    public void answerSlowlyAfter(long millis) {
        slowMillis = millis;
    }

    /** Pretends to be of another version. */
    public void pretendVersion(String other) {
        version = other;
    }

    /** Starts again on its port, with the messages that it has. */
    public void start() {
        var deadline = System.nanoTime() + BIND_NANOS;
        while (true) {
            try {
                listen(port);
                return;
            } catch (UncheckedIOException taken) {
                // The kernel lets go of the port a moment after it was closed; a client may hold it as its own.
                if (System.nanoTime() > deadline) {
                    throw taken;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** Closes its port and all connections, as a process does that ends. */
    public void stop() {
        try {
            var socket = listening;
            if (socket != null) {
                socket.close();
            }
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        silence.countDown();
        silence = new CountDownLatch(1);
    }

    /** Loses the newest messages of every topic, as a server does that acknowledged from memory; to be done stopped. */
    public void loseNewest(int messages) {
        synchronized (streams) {
            streams.values()
                    .forEach(
                            topics -> topics.values()
                                    .forEach(log -> log.subList(Math.max(0, log.size() - messages), log.size())
                                            .clear()));
        }
    }

    /** Crashes, loses messages and starts again. */
    public void restartWithoutNewest(int messages) {
        stop();
        loseNewest(messages);
        start();
    }

    /** How many messages a topic has. */
    public int countOf(String stream, String topic) {
        synchronized (streams) {
            return streams.getOrDefault(stream, Map.of()).getOrDefault(topic, List.of()).size();
        }
    }

    /** Adds a message that is not the adapter's. */
    public void addForeignMessage(String stream, String topic) {
        synchronized (streams) {
            var log = Objects.requireNonNull(Objects.requireNonNull(streams.get(stream)).get(topic));
            var payload = "not an event".getBytes(StandardCharsets.UTF_8);
            var message = new byte[MESSAGE_HEADER + payload.length];
            ByteBuffer.wrap(message)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(OFFSET_IN_HEADER, log.size())
                    .putInt(PAYLOAD_LENGTH_IN_HEADER, payload.length)
                    .put(MESSAGE_HEADER, payload);
            log.add(message);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private int listen(int onPort) {
        try {
            var socket = new ServerSocket();
            bind(socket, onPort);
            listening = socket;
            Thread.ofVirtual().name("iggy-stand-in").start(() -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void bind(ServerSocket socket, int onPort) throws IOException {
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().name("iggy-stand-in-connection").start(() -> serve(server, connection));
            } catch (IOException stopped) {
                return;
            }
        }
    }

    private void serve(ServerSocket server, Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new DataInputStream(connection.getInputStream());
            var session = new Session();
            while (!server.isClosed()) {
                var length = Integer.reverseBytes(in.readInt());
                var frame = ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
                var command = frame.getInt();
                if (!answer(connection, session, command, frame)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // The client has gone, or this server has.
        } finally {
            connections.remove(connection);
        }
    }

    /** False once the connection is of no more use. */
    private boolean answer(Socket connection, Session session, int command, ByteBuffer request)
            throws IOException, InterruptedException {
        var fault = faults.apply(command);
        if (fault == Fault.FIN) {
            return false;
        }
        var answer = fault == Fault.ERROR ? new Answer(GENERAL_ERROR) : carryOut(session, command, request);
        switch (fault) {
            case RST -> {
                connection.setSoLinger(true, 0);
                return false;
            }
            case SILENCE -> {
                silence.await();
                return false;
            }
            case SLOW -> Thread.sleep(slowMillis);
            default -> {
            }
        }
        var frame = new byte[8 + answer.payload().remaining()];
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(answer.status())
                .putInt(answer.payload().remaining())
                .put(answer.payload());
        connection.getOutputStream().write(frame);
        return true;
    }

    private static final class Session {
        private boolean authenticated;
    }

    private record Answer(int status, ByteBuffer payload) {
        Answer(int status) {
            this(status, ByteBuffer.allocate(0));
        }

        static Answer of(ByteBuffer payload) {
            return new Answer(OK, payload.flip());
        }
    }

    private Answer carryOut(Session session, int command, ByteBuffer request) {
        if (command != LOGIN && !session.authenticated) {
            return new Answer(UNAUTHENTICATED);
        }
        synchronized (streams) {
            return switch (command) {
                case LOGIN -> login(session, request);
                case GET_STATS -> stats();
                case GET_STREAM -> getStream(request);
                case CREATE_STREAM -> createStream(request);
                case CREATE_TOPIC -> createTopic(request);
                case SEND -> send(request);
                case POLL -> poll(request);
                default -> new Answer(INVALID_COMMAND);
            };
        }
    }

    private static Answer login(Session session, ByteBuffer request) {
        var username = text(request, request.get());
        var password = text(request, request.get());
        session.authenticated = username.equals("iggy") && password.equals("iggy");
        return session.authenticated ? Answer.of(little(4).putInt(1)) : new Answer(INVALID_CREDENTIALS);
    }

    private Answer stats() {
        var answer = little(512);
        answer.position(4 + 4 + 4 + 8 * 8 + 4 * 4 + 8 + 4 + 4);
        for (var text : List.of("host", "os", "1", "1", version)) {
            putText(answer.putInt(text.length()), text);
        }
        return Answer.of(answer.putInt(0).putInt(0).putInt(1).putLong(0).putLong(0));
    }

    private Answer createStream(ByteBuffer request) {
        var name = text(request, request.get());
        if (streams.putIfAbsent(name, new TreeMap<>()) != null) {
            return new Answer(STREAM_EXISTS);
        }
        return Answer.of(putStream(little(1_024), name));
    }

    private Answer getStream(ByteBuffer request) {
        var name = identifier(request);
        var topics = streams.get(name);
        if (topics == null) {
            return new Answer(OK);
        }
        var answer = putStream(little(4_096), name);
        topics.keySet().forEach(topic -> putTopic(answer, topic));
        return Answer.of(answer);
    }

    private static ByteBuffer putStream(ByteBuffer buffer, String name) {
        buffer.putInt(0).putLong(0).putInt(0).putLong(0).putLong(0).put((byte) name.length());
        return putText(buffer, name);
    }

    private static ByteBuffer putTopic(ByteBuffer buffer, String name) {
        buffer.putInt(0).putLong(0).putInt(1).putLong(0).put((byte) 1).putLong(0).put((byte) 1);
        return putText(buffer.putLong(0).putLong(0).put((byte) name.length()), name);
    }

    private Answer createTopic(ByteBuffer request) {
        var topics = streams.get(identifier(request));
        if (topics == null) {
            return new Answer(STREAM_NOT_FOUND);
        }
        request.position(request.position() + 4 + 1 + 8 + 8 + 1);
        var name = text(request, request.get());
        if (topics.putIfAbsent(name, new ArrayList<>()) != null) {
            return new Answer(TOPIC_EXISTS);
        }
        var answer = putTopic(little(1_024), name);
        return Answer.of(answer.putInt(0).putLong(0).putInt(1).putLong(0).putLong(0).putLong(0));
    }

    private Answer send(ByteBuffer request) {
        var metadata = request.getInt();
        var end = request.position() + metadata;
        var topic = topic(request);
        if (topic == null) {
            return new Answer(TOPIC_NOT_FOUND);
        }
        request.position(request.position() + 2);
        if (request.getInt() != 0) {
            return new Answer(PARTITION_NOT_FOUND);
        }
        var count = request.getInt();
        request.position(end + 16 * count);
        for (var n = 0; n < count; n++) {
            var size = MESSAGE_HEADER + request.getInt(request.position() + USER_HEADERS_LENGTH_IN_HEADER)
                    + request.getInt(request.position() + PAYLOAD_LENGTH_IN_HEADER);
            var message = new byte[size];
            request.get(message);
            ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putLong(OFFSET_IN_HEADER, topic.size());
            topic.add(message);
        }
        return new Answer(OK);
    }

    private Answer poll(ByteBuffer request) {
        request.get();
        identifier(request);
        var topic = topic(request);
        if (topic == null) {
            return new Answer(TOPIC_NOT_FOUND);
        }
        request.get();
        if (request.getInt() != 0) {
            return new Answer(PARTITION_NOT_FOUND);
        }
        var kind = request.get();
        var value = request.getLong();
        var count = request.getInt();
        var from = switch (kind) {
            case POLL_OFFSET -> (int) Math.min(value, topic.size());
            case POLL_FIRST -> 0;
            case POLL_LAST -> Math.max(0, topic.size() - count);
            default -> throw new IllegalArgumentException("the adapter does not poll by strategy " + kind);
        };
        var polled = topic.subList(from, Math.min(topic.size(), from + count));
        var answer = little(16 + polled.stream().mapToInt(message -> message.length).sum());
        answer.putInt(0).putLong(Math.max(0, topic.size() - 1)).putInt(polled.size());
        polled.forEach(answer::put);
        return Answer.of(answer);
    }

    private @Nullable List<byte[]> topic(ByteBuffer request) {
        var topics = streams.getOrDefault(identifier(request), Map.of());
        return topics.get(identifier(request));
    }

    private static String identifier(ByteBuffer request) {
        var kind = request.get();
        var length = request.get();
        return kind == BY_NAME ? text(request, length) : String.valueOf(request.getInt());
    }

    private static String text(ByteBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer putText(ByteBuffer buffer, String text) {
        return buffer.put(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
