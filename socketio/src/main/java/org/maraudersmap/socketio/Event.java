package org.maraudersmap.socketio;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** An event that a client sent. Binary arguments are Jackson binary nodes, wherever in an argument they are. */
public final class Event {
    private final String name;
    private final List<JsonNode> args;
    private final JsonMapper mapper;
    private final Reply reply;
    private final boolean wantsAck;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    /** Sends an acknowledgement. */
    @FunctionalInterface
    interface Reply {
        void send(List<?> args);
    }

    Event(String name, List<JsonNode> args, JsonMapper mapper, boolean wantsAck, Reply reply) {
        this.name = name;
        this.args = args;
        this.mapper = mapper;
        this.wantsAck = wantsAck;
        this.reply = reply;
    }

    /** The event's name. */
    public String name() {
        return name;
    }

    /** Its arguments, without the name. */
    public List<JsonNode> args() {
        return args;
    }

    /** An argument, or a missing node where the client sent fewer. */
    public JsonNode arg(int index) {
        return index < args.size() ? args.get(index) : MissingNode.getInstance();
    }

    /**
     * An argument converted to a class.
     *
     * @throws EventArgumentException
     *             if it is missing or does not fit
     */
    public <T> T arg(int index, Class<T> type) {
        if (index >= args.size() || args.get(index).isNull()) {
            throw new EventArgumentException(
                    "Event %s has no argument %d; expected %s".formatted(name, index, type.getSimpleName()), null);
        }
        try {
            return mapper.treeToValue(args.get(index), type);
        } catch (JacksonException e) {
            throw new EventArgumentException("Argument %d of event %s is no %s: %s".formatted(index, name,
                    type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }

    /** Whether the client waits for an acknowledgement. */
    public boolean wantsAck() {
        return wantsAck;
    }

    /** Acknowledges; only the first call counts, and none does if the client does not wait for one. Any thread. */
    public void ack(@Nullable Object @Nullable... reply) {
        if (wantsAck && acknowledged.compareAndSet(false, true)) {
            this.reply.send(Arguments.of(reply));
        }
    }

    @Override
    public String toString() {
        return "event %s with %d arguments".formatted(name, args.size());
    }
}
