package org.maraudersmap.server.realtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.maraudersmap.eventlog.EventLog;
import org.maraudersmap.server.platform.AllowedOrigins;
import org.maraudersmap.server.platform.ClientAddressResolver;
import org.maraudersmap.server.platform.database.ClusterSignals;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.maraudersmap.server.platform.web.ChannelHandlerSource;
import org.maraudersmap.socketio.SocketIoServer;
import org.maraudersmap.socketio.SocketIoSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The Socket.IO engine, with this product's settings, on the port of the REST API. */
@Configuration(proxyBeanMethods = false)
class SocketServerConfiguration {
    private static final int LARGEST_MESSAGE = 128 * 1024;

    @Bean
    SocketIoServer socketIoServer(
            Settings settings,
            EventLog log,
            EventAnnouncers announcers,
            SocketSessionRepository sessions,
            ClusterSignals signals,
            AllowedOrigins origins,
            ClientAddressResolver addresses,
            JsonMapper json,
            Clock clock,
            MeterRegistry meters) {
        var mostEvents = settings.number(Setting.RECOVERY_MAX_EVENTS);
        return SocketIoServer.builder()
                .settings(engineSettings(settings, origins, addresses))
                .recovery(new LogRecovery(log, announcers, sessions, signals, mostEvents))
                .metrics(new SocketMetrics(meters))
                .mapper(json)
                .clock(clock)
                .build();
    }

    private static SocketIoSettings engineSettings(
            Settings settings, AllowedOrigins origins, ClientAddressResolver addresses) {
        return SocketIoSettings.builder()
                .engine(
                        engine -> engine.pingInterval(settings.duration(Setting.SOCKET_IO_PING_INTERVAL))
                                .pingTimeout(settings.duration(Setting.SOCKET_IO_PING_TIMEOUT))
                                .maxSilence(settings.duration(Setting.PRESENCE_TIMEOUT))
                                .maxPayload(LARGEST_MESSAGE)
                                .keptHeaders(_ -> false)
                                .maxSessionsPerAddress(settings.number(Setting.MAX_SOCKETS_PER_ADDRESS))
                                .originPolicy(origins::allowsRequestOfPage)
                                .addressResolver(
                                        (peer, headers) -> addresses.resolveAddressOfClient(
                                                new InetSocketAddress(peer, 0), headers.all("x-forwarded-for"))
                                                .address()))
                .eventsPerSecond(settings.number(Setting.MAX_EVENTS_PER_SOCKET_PER_SECOND))
                .maxSocketsPerUser(settings.number(Setting.MAX_SOCKETS_PER_USER))
                .recoveryWindow(settings.duration(Setting.RECOVERY_WINDOW))
                .build();
    }

    @Bean
    ChannelHandlerSource socketIoInPipeline(SocketIoServer server) {
        return new ChannelHandlerSource() {
            @Override
            public String handlerName() {
                return "socketio";
            }

            @Override
            public ChannelHandler createHandlerForChannel() {
                return server.handler();
            }
        };
    }
}
