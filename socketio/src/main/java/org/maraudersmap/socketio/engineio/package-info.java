/**
 * Engine.IO 4: sessions over HTTP long-polling and WebSocket, on any Netty pipeline that speaks HTTP/1.1.
 *
 * <p>
 * Knows nothing of Socket.IO; {@link org.maraudersmap.socketio.engineio.EngineIoServer} makes the channel handler,
 * {@link org.maraudersmap.socketio.engineio.EngineIoSession} is one client whatever carries it.
 */
@NullMarked
package org.maraudersmap.socketio.engineio;

import org.jspecify.annotations.NullMarked;
