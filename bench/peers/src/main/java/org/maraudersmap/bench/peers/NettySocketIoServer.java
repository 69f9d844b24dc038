package org.maraudersmap.bench.peers;

import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.util.List;
import java.util.Map;

/** netty-socketio, with the same things on as the others: auth, heartbeat, rooms. */
public final class NettySocketIoServer {
    private NettySocketIoServer() {}

    /** Serves on the port given until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var token = arguments[0];
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Integer.parseInt(arguments[1]));
        configuration.setTransports(Transport.POLLING, Transport.WEBSOCKET);
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(2);
        configuration.getSocketConfig().setAcceptBackLog(4096);
        configuration.getSocketConfig().setTcpNoDelay(true);
        configuration.setRandomSession(true);
        var server = new SocketIOServer(configuration);
        server.getNamespace("").addAuthTokenListener((auth, _) -> auth instanceof Map<?, ?> map
                && token.equals(map.get("token"))
                        ? AuthTokenResult.AuthTokenResultSuccess
                        : new AuthTokenResult(false, "Authentication failed"));
        server.addConnectListener(client -> client.joinRoom("everybody"));
        server.addMultiTypeEventListener("broadcast", (_, data, _) -> {
            int count = data.get(0);
            for (var i = 0; i < count; i++) {
                server.getBroadcastOperations().sendEvent("incident:created", incident(i, data.get(1)));
            }
        }, Integer.class, String.class);
        server.addMultiTypeEventListener("room", (_, data, _) -> {
            int count = data.get(0);
            for (var i = 0; i < count; i++) {
                server.getRoomOperations("room").sendEvent("incident:created", incident(i, data.get(1)));
            }
        }, Integer.class, String.class);
        server.addEventListener("join", Object.class, (client, _, done) -> {
            client.joinRoom("room");
            done.sendAckData();
        });
        server.addEventListener("gc", Object.class, (_, _, done) -> {
            System.gc();
            done.sendAckData();
        });
        server.start();
        System.out.println("ready " + configuration.getPort());
        System.in.transferTo(System.err);
        server.stop();
    }

    private static Map<String, Object> incident(int id, String title) {
        return Map.of("id", id, "title", title, "description", "Fluffy is loose on the third floor", "severity",
                "DANGEROUS", "location", "HOGWARTS", "status", "OPEN", "tags", List.of("dog", "three heads"),
                "reported_by",
                Map.of("id", "0198c0de-0000-7000-8000-000000000001", "handle", "harry", "name", "Harry Potter"));
    }
}
