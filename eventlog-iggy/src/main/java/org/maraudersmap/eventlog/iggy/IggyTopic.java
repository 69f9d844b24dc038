package org.maraudersmap.eventlog.iggy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.iggy.consumergroup.Consumer;
import org.apache.iggy.identifier.StreamId;
import org.apache.iggy.identifier.TopicId;
import org.apache.iggy.message.Message;
import org.apache.iggy.message.Partitioning;
import org.apache.iggy.message.PolledMessages;
import org.apache.iggy.message.PollingStrategy;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.TopicEnd;

/**
 * A topic of one partition on the server. Its offsets are nobody's business outside: the server gives them to other
 * messages after it has lost some.
 *
 * @param name
 *            in events
 */
record IggyTopic(String name, StreamId stream, TopicId topic, IggyMessages messages) {
    /** Partitions count from 0. */
    private static final long PARTITION = 0;
    /** Offsets are passed with every request and never stored at the server. */
    private static final Consumer CONSUMER = Consumer.of(1L);
    private static final boolean STORE_OFFSET = false;
    private static final long MOST_BYTES_OF_REQUEST = 1 << 20;

    void send(IggyLine line, List<Message> batch) {
        line.call(client -> client.messages().sendMessages(stream, topic, Partitioning.partitionId(PARTITION), batch));
    }

    /** How many messages, from the first, go into one request: at least one. */
    static int sizeOfRequest(List<Message> batch, int most) {
        var bytes = 0L;
        var size = 0;
        while (size < Math.min(most, batch.size())) {
            bytes += batch.get(size).getSize();
            if (size > 0 && bytes > MOST_BYTES_OF_REQUEST) {
                return size;
            }
            size++;
        }
        return size;
    }

    PolledMessages poll(IggyLine line, PollingStrategy strategy, long count) {
        return line.call(
                client -> client.messages()
                        .pollMessages(
                                stream,
                                topic,
                                Optional.of(PARTITION),
                                CONSUMER,
                                strategy,
                                count,
                                STORE_OFFSET));
    }

    PolledMessages pollFrom(IggyLine line, long offset, long count) {
        return poll(line, PollingStrategy.offset(BigInteger.valueOf(offset)), count);
    }

    Optional<Message> last(IggyLine line) {
        return poll(line, PollingStrategy.last(), 1).messages().stream().findFirst();
    }

    static long offsetOf(Message message) {
        return message.header().offset().longValueExact();
    }

    Optional<PositionedEvent> read(Message message, String epoch) {
        return messages.read(message, name, epoch);
    }

    /** The newest event of a life of the log, looked for from the end. */
    Optional<TopicEnd> findEnd(IggyLine line, String epoch, int pageSize) {
        var page = poll(line, PollingStrategy.last(), 1).messages();
        while (!page.isEmpty()) {
            for (var message : page.reversed()) {
                var end = messages.endOf(message, epoch);
                if (end.isPresent()) {
                    return end;
                }
            }
            page = pageBefore(line, offsetOf(page.getFirst()), pageSize);
        }
        return Optional.empty();
    }

    private List<Message> pageBefore(IggyLine line, long offset, int pageSize) {
        var from = Math.max(0, offset - pageSize);
        return offset == 0
                ? List.of()
                : pollFrom(line, from, offset - from).messages()
                        .stream()
                        .filter(message -> offsetOf(message) < offset)
                        .toList();
    }

    /**
     * An offset from which on a reader meets all events after {@code position}, found by halving. What was sent twice
     * lets positions go back now and then; wherever one after {@code position} follows one that is not, it is the first
     * of them.
     */
    long findOffsetAfter(IggyLine line, long position, String epoch) {
        var last = last(line);
        if (last.isEmpty()) {
            return 0;
        }
        if (!isAfter(last.get(), position, epoch)) {
            return offsetOf(last.get()) + 1;
        }
        var first = poll(line, PollingStrategy.first(), 1).messages().getFirst();
        if (isAfter(first, position, epoch)) {
            return offsetOf(first);
        }
        var before = offsetOf(first);
        var after = offsetOf(last.get());
        while (after - before > 1) {
            var middle = before + (after - before) / 2;
            var found = pollFrom(line, middle, 1).messages();
            if (!found.isEmpty() && isAfter(found.getFirst(), position, epoch)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return after;
    }

    private boolean isAfter(Message message, long position, String epoch) {
        return messages.positionOf(message, epoch).filter(its -> its > position).isPresent();
    }
}
