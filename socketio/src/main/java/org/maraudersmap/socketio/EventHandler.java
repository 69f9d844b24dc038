package org.maraudersmap.socketio;

/**
 * Handles events. Runs on a virtual thread (it may block); the events of one socket are handled one after the other, in
 * the order in which they came. An exception goes to {@link Namespace#onError}.
 */
@FunctionalInterface
public interface EventHandler {

    /** Handles one event. */
    void handle(Socket socket, Event event) throws Exception;

    /** Handles an event whose first argument has been converted. */
    @FunctionalInterface
    interface Typed<T> {

        /** Handles one event; {@code body} is its first argument. */
        void handle(Socket socket, T body, Event event) throws Exception;
    }

    /** Hears of a handler's exception. */
    @FunctionalInterface
    interface OnError {

        /** Hears of it, on the thread on which it was thrown; may acknowledge the event. */
        void failed(Socket socket, Event event, Exception error);
    }
}
