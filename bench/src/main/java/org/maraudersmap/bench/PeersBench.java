package org.maraudersmap.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a broadcast costs with the project's Socket.IO library, with others, and at least: each server is a process of
 * its own, the clients are the same for all, and the servers take turns. {@code bench/README.md} says how to run it and
 * what the figures mean.
 */
public final class PeersBench {
    static final String TOKEN = "mischief managed";
    private static final int BURST = 10;
    private static final int ROOM = 10;
    /** Enough that every server goes the way of a large broadcast. */
    private static final int WARM_UP_CLIENTS = 1000;

    private final List<Integer> clients;
    private final int rounds;
    private final Duration warmUp;
    private final List<Peer> peers;
    private final Map<Row, Map<Peer, List<Sample>>> samples = new LinkedHashMap<>();

    /** The servers that take turns. */
    private enum Peer {
        FLOOR("raw write loop"), LIBRARY("this library"), NODE("socket.io 4.8.4"), NETTY("netty-socketio 2.0.14");

        private final String title;

        Peer(String title) {
            this.title = title;
        }

        ServerProcess start(String... memoryFlags) throws IOException {
            return ServerProcess.start(switch (this) {
                case FLOOR -> java(memoryFlags, System.getProperty("java.class.path"),
                        FloorServer.class.getName());
                case LIBRARY -> java(memoryFlags, System.getProperty("java.class.path"),
                        LibraryServer.class.getName());
                case NODE -> List.of("node", "--expose-gc",
                        directory().resolve("src/main/js/server.mjs").toString(), TOKEN);
                case NETTY -> java(memoryFlags, directory().resolve("target/classes") + ":"
                        + directory().resolve("target/lib/*"), "org.maraudersmap.bench.peers.NettySocketIoServer",
                        TOKEN, freePort());
            });
        }

        private static Path directory() {
            return Path.of(System.getProperty("peers.directory", "peers")).toAbsolutePath();
        }

        private static List<String> java(String[] memoryFlags, String classPath, String... program) {
            return Stream.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                    Stream.of(System.getProperty("product.flags", "").split(" ", -1)).filter(flag -> !flag.isEmpty()),
                    memoryFlags.length == 0 ? Stream.of("-Xms512m", "-Xmx512m") : Stream.of(memoryFlags),
                    Stream.of("-cp", classPath), Stream.of(program)).flatMap(part -> part).toList();
        }

        private static String freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return Integer.toString(socket.getLocalPort());
            }
        }
    }

    private record Row(String what, int clients) {}

    private record Sample(double millisToLast, double cpuSecondsPerMillion) {}

    private PeersBench(List<String> arguments) {
        clients = Options.numbers(Options.find(arguments, "--clients", "100,1000,5000,10000"));
        rounds = Integer.parseInt(Options.find(arguments, "--rounds", "3"));
        warmUp = Duration.ofSeconds(Integer.parseInt(Options.find(arguments, "--warm-up", "8")));
        peers = Arrays.stream(Options.find(arguments, "--peers", "FLOOR,LIBRARY,NODE,NETTY").split(",", -1))
                .map(Peer::valueOf).toList();
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        var bench = new PeersBench(List.of(arguments));
        var parts = Options.find(List.of(arguments), "--parts", "broadcasts,memory,stalled");
        if (parts.contains("broadcasts")) {
            bench.measureBroadcasts();
        }
        if (parts.contains("memory")) {
            bench.measureMemory();
        }
        if (parts.contains("stalled")) {
            bench.measureStalledReader();
        }
    }

    // Broadcasts

    private void measureBroadcasts() throws Exception {
        var servers = new EnumMap<Peer, ServerProcess>(Peer.class);
        try {
            for (var peer : peers) {
                var server = peer.start();
                servers.put(peer, server);
                warmUp(server);
            }
            for (var round = 1; round <= rounds; round++) {
                for (var entry : servers.entrySet()) {
                    try {
                        measureRound(entry.getKey(), entry.getValue());
                    } catch (IOException e) {
                        // It has lost packets or clients; what it has done so far counts.
                        System.err.printf("%s, round %d: %s%n", entry.getKey().title, round, e.getMessage());
                    }
                }
            }
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
        print("Time to the last client, ms", Sample::millisToLast, "%.2f");
        print("CPU of the server, seconds per million deliveries", Sample::cpuSecondsPerMillion, "%.2f");
    }

    private void warmUp(ServerProcess server) throws Exception {
        try (var crowd = new Crowd(server.port())) {
            crowd.growTo(WARM_UP_CLIENTS);
            crowd.joinRoom(ROOM);
            // Not by the clock: on a machine that does something else too it would end before the compiler has.
            while (server.cpuTime().compareTo(warmUp) < 0) {
                crowd.broadcast("broadcast", 1, WARM_UP_CLIENTS);
                crowd.broadcast("broadcast", BURST, BURST * WARM_UP_CLIENTS);
                for (var i = 0; i < 100; i++) {
                    crowd.broadcast("room", 1, ROOM);
                }
            }
        }
    }

    private void measureRound(Peer peer, ServerProcess server) throws Exception {
        try (var crowd = new Crowd(server.port())) {
            for (int count : clients) {
                crowd.growTo(count);
                Thread.sleep(500);
                var broadcasts = Math.clamp(100_000 / count, 20, 1000);
                measure(new Row("single broadcast", count), peer, server, crowd, "broadcast", broadcasts, 1, count);
                measure(new Row("burst of ten", count), peer, server, crowd, "broadcast",
                        Math.max(6, broadcasts / BURST), BURST, count);
            }
            crowd.joinRoom(ROOM);
            measure(new Row("room of 10", clients.getLast()), peer, server, crowd, "room", 1000, 1, ROOM);
        }
    }

    private void measure(Row row, Peer peer, ServerProcess server, Crowd crowd, String order, int orders, int burst,
            int hearers) throws IOException, InterruptedException {
        var millis = new double[orders];
        var before = server.cpuTime();
        for (var i = 0; i < orders; i++) {
            millis[i] = crowd.broadcast(order, burst, burst * hearers) / 1e6;
        }
        var cpu = server.cpuTime().minus(before).toNanos() / 1e9;
        var sample = new Sample(median(millis), cpu / ((double) orders * burst * hearers) * 1e6);
        System.err.printf("%s, %d, %s: %.2f ms, %.2f s%n", peer.title, row.clients, row.what, sample.millisToLast,
                sample.cpuSecondsPerMillion);
        samples.computeIfAbsent(row, _ -> new EnumMap<>(Peer.class)).computeIfAbsent(peer, _ -> new ArrayList<>())
                .add(sample);
    }

    private interface Figure {
        double of(Sample sample);
    }

    private void print(String title, Figure figure, String format) {
        say("");
        say("%s (median of %d rounds):", title, rounds);
        say("");
        say("| clients | what | %s | to the floor | to socket.io |",
                String.join(" | ", peers.stream().map(peer -> peer.title).toList()));
        say("|---|---|%s---|---|", "---|".repeat(peers.size()));
        samples.forEach((row, byPeer) -> {
            var values = new EnumMap<Peer, Double>(Peer.class);
            byPeer.forEach((peer, all) -> values.put(peer, median(all.stream().mapToDouble(figure::of).toArray())));
            say("| %d | %s | %s | %s | %s |", row.clients, row.what,
                    String.join(" | ", peers.stream()
                            .map(peer -> values.containsKey(peer) ? format.formatted(values.get(peer)) : "–").toList()),
                    ratio(values, Peer.FLOOR), ratio(values, Peer.NODE));
        });
    }

    private static String ratio(Map<Peer, Double> values, Peer to) {
        return values.containsKey(to) && values.containsKey(Peer.LIBRARY)
                ? "%.2f".formatted(values.get(Peer.LIBRARY) / values.get(to))
                : "–";
    }

    private static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    // Memory

    private void measureMemory() throws Exception {
        var most = clients.getLast();
        say("");
        say("Resident memory, garbage collected, with 1 and with %d idle clients:", most);
        say("");
        say("| server | before, MB | with all, MB | KB per connection |");
        say("|---|---|---|---|");
        for (var peer : peers) {
            // A heap that gives back what it does not need, or the figure would be the collector's.
            try (var server = peer.start("-Xmx512m", "-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=5",
                    "-XX:MaxHeapFreeRatio=10")) {
                warmUp(server);
                try (var crowd = new Crowd(server.port())) {
                    crowd.growTo(1);
                    var before = settled(crowd, server);
                    crowd.growTo(most);
                    var after = settled(crowd, server);
                    say("| %s | %.1f | %.1f | %.1f |", peer.title, before / 1e6, after / 1e6,
                            (after - before) / 1024.0 / (most - 1));
                }
            }
        }
    }

    private static long settled(Crowd crowd, ServerProcess server) throws IOException, InterruptedException {
        for (var i = 0; i < 3; i++) {
            Thread.sleep(1000);
            crowd.collectGarbage();
        }
        return server.residentBytes();
    }

    // One client that does not read

    private void measureStalledReader() throws Exception {
        var filler = "x".repeat(2_000);
        say("");
        say("99th percentile of 50 broadcasts of 2 KB a second to 100 clients, ms (median of %d pairs):", rounds * 2);
        say("");
        say("| server | all read | one more does not read | change |");
        say("|---|---|---|---|");
        for (var peer : peers) {
            if (peer == Peer.FLOOR) {
                continue;
            }
            try (var server = peer.start()) {
                warmUp(server);
                var without = new ArrayList<Double>();
                var with = new ArrayList<Double>();
                try (var crowd = new Crowd(server.port())) {
                    crowd.growTo(100);
                    crowd.steadily(50, 100, filler);
                    for (var pair = 0; pair < rounds * 2; pair++) {
                        without.add(crowd.steadily(50, 150, filler).percentiles(99)[0]);
                        try (var _ = crowd.stalledClient()) {
                            // Fills what lies between the server and the client.
                            for (var i = 0; i < 150; i++) {
                                crowd.steadily(1_000, 10, filler);
                            }
                            with.add(crowd.steadily(50, 150, filler).percentiles(99)[0]);
                        }
                    }
                }
                var before = median(without.stream().mapToDouble(Double::doubleValue).toArray());
                var after = median(with.stream().mapToDouble(Double::doubleValue).toArray());
                say("| %s | %.2f | %.2f | %+.0f %% |", peer.title, before, after, (after / before - 1) * 100);
                System.err.println(IntStream.range(0, with.size())
                        .mapToObj(i -> "%.2f→%.2f".formatted(without.get(i), with.get(i))).toList());
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
