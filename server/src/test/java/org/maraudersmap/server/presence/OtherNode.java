package org.maraudersmap.server.presence;

import org.maraudersmap.server.realtime.ConnectedClients;
import org.maraudersmap.socketio.SocketIoServer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Another node in the same process: it reaches the product's clients by the product's own doing alone. */
final class OtherNode implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    OtherNode() {
        context.registerBean(SocketIoServer.class, () -> SocketIoServer.builder().build());
        context.register(ConnectedClients.class);
        context.refresh();
    }

    /** Its clients, of which there are none. */
    ConnectedClients clients() {
        return context.getBean(ConnectedClients.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
