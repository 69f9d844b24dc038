/** A Socket.IO 5 / Engine.IO 4 server on Netty. */
module org.maraudersmap.socketio {
    requires transitive io.netty.buffer;
    requires transitive io.netty.codec.http;
    requires transitive io.netty.common;
    requires transitive io.netty.handler;
    requires transitive io.netty.transport;
    requires io.netty.codec;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires org.slf4j;
    requires transitive tools.jackson.databind;
    requires transitive org.jspecify;

    exports org.maraudersmap.socketio;
    exports org.maraudersmap.socketio.engineio;
}
