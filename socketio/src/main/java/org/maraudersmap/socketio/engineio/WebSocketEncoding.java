package org.maraudersmap.socketio.engineio;

/** How a WebSocket client wants its messages. */
enum WebSocketEncoding {
    PLAIN, BASE64, DEFLATE;

    byte[] frames(EncodedMessage message, int threshold) {
        return switch (this) {
            case PLAIN -> message.webSocket(false);
            case BASE64 -> message.webSocket(true);
            case DEFLATE -> message.webSocketCompressed(threshold);
        };
    }
}
