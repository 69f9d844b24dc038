package org.maraudersmap.eventlog.iggy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iggy.message.HeaderKey;
import org.apache.iggy.message.HeaderValue;
import org.apache.iggy.message.Message;
import org.apache.iggy.message.MessageHeader;
import org.apache.iggy.message.UuidMessageId;
import org.maraudersmap.eventlog.EventJson;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.TopicEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an event travels: the envelope as payload, its id as that of the message, and beside it in user headers
 * {@code position}, {@code epoch} and {@code key}. The topic is the one in which it is found.
 */
final class IggyMessages {
    private static final Logger log = LoggerFactory.getLogger(IggyMessages.class);
    private static final HeaderKey POSITION = HeaderKey.fromString("position");
    private static final HeaderKey EPOCH = HeaderKey.fromString("epoch");
    private static final HeaderKey KEY = HeaderKey.fromString("key");

    private final EventJson json;

    IggyMessages(EventJson json) {
        this.json = json;
    }

    Message write(PositionedEvent event, String epoch) {
        var headers = Map.of(
                POSITION, HeaderValue.fromInt64(event.position()),
                EPOCH, HeaderValue.fromString(epoch),
                KEY, HeaderValue.fromString(event.key()));
        var payload = event.json().getBytes(StandardCharsets.UTF_8);
        var header = new MessageHeader(
                BigInteger.ZERO,
                new UuidMessageId(event.event().eventId()),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0L,
                (long) payload.length,
                BigInteger.ZERO);
        return new Message(header, payload, new HashMap<>()).withUserHeaders(headers);
    }

    /** The position of a message in a life of the log; empty for one of another life, and for one of somebody else. */
    Optional<Long> positionOf(Message message, String epoch) {
        var headers = message.userHeaders();
        var position = headers.get(POSITION);
        var itsEpoch = headers.get(EPOCH);
        if (position == null || itsEpoch == null || position.value().length != Long.BYTES) {
            return Optional.empty();
        }
        return textOf(itsEpoch).equals(epoch) ? Optional.of(position.asInt64()) : Optional.empty();
    }

    /** What is known of the event without reading it. */
    Optional<TopicEnd> endOf(Message message, String epoch) {
        return positionOf(message, epoch).map(position -> new TopicEnd(position, idOf(message)));
    }

    /** The event in a message; empty where {@link #positionOf} is, and for what cannot be read. */
    Optional<PositionedEvent> read(Message message, String topic, String epoch) {
        var key = message.userHeaders().get(KEY);
        var position = positionOf(message, epoch);
        if (position.isEmpty() || key == null) {
            return Optional.empty();
        }
        try {
            var envelope = new String(message.payload(), StandardCharsets.UTF_8);
            return Optional.of(PositionedEvent.of(position.get(), topic, textOf(key), envelope, json));
        } catch (RuntimeException unreadable) {
            log.warn("the message at position {} of {} is no event: {}", position.get(), topic, unreadable.toString());
            return Optional.empty();
        }
    }

    private static UUID idOf(Message message) {
        var number = message.header().id().toBigInteger();
        return new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue());
    }

    private static String textOf(HeaderValue value) {
        return new String(value.value(), StandardCharsets.UTF_8);
    }
}
