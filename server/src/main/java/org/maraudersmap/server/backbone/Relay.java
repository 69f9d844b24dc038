package org.maraudersmap.server.backbone;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.maraudersmap.eventlog.BrokerEventLog;
import org.maraudersmap.eventlog.PositionedEvent;
import org.maraudersmap.eventlog.TopicEnd;
import org.maraudersmap.server.platform.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards the log to the broker, in order, as a step: tests step it, {@link RelayDriver} drives it. One in the
 * cluster:
 * it holds a lock of the connection with which it notes its progress. Not thread-safe.
 *
 * <p>
 * A broker can lose what it has acknowledged. So before each batch, and every now and then, the relay asks where each
 * topic ends; one that ends before what it acknowledged is sent again from there. What the broker holds, by topic, is
 * skipped, so progress that was not noted before a crash does no harm.
 */
final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final ClusterLock LOCK = new ClusterLock(0x0077_6c70_6f73_7432L);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);

    /** What came of a step. */
    enum Outcome {
        /** Events were forwarded; there may be more. */
        FORWARDED,
        /** The broker holds everything. */
        IDLE
    }

    private final PostgresEventLog database;
    private final BrokerEventLog broker;
    private final Clock clock;
    private final int batchSize;
    private final RelayPositions positions = new RelayPositions();
    private final LongAdder forwarded = new LongAdder();
    private final LongAdder rewinds = new LongAdder();
    private String epoch = "";
    private volatile long position;
    private long savedPosition;
    /** The newest event of each topic, up to {@link #position}, that the broker has acknowledged. */
    private Map<String, TopicEnd> acknowledged = Map.of();
    private Instant nextLook = Instant.MIN;
    private Instant nextSave = Instant.MIN;

    Relay(PostgresEventLog database, BrokerEventLog broker, Clock clock, int batchSize) {
        this.database = database;
        this.broker = broker;
        this.clock = clock;
        this.batchSize = batchSize;
    }

    /** Whether this connection now is the cluster's relay's; it stays so until it is closed or resigns. */
    boolean tryBecomeOnlyRelay(Connection connection) throws SQLException {
        if (!LOCK.tryTake(connection)) {
            return false;
        }
        epoch = "";
        nextLook = Instant.MIN;
        return true;
    }

    /** Ends the session of a relay that is silent; it can note nothing more, even when it wakes up. */
    boolean replaceRelayThatIsSilent(Connection connection, Duration silence) throws SQLException {
        return LOCK.takeFromSilentHolder(connection, silence);
    }

    void resignAsOnlyRelay(Connection connection) throws SQLException {
        LOCK.giveUp(connection);
    }

    /**
     * Sends one batch of what the broker does not hold.
     *
     * @throws org.maraudersmap.eventlog.BrokerUnavailableException
     *             if the broker does not answer; the next step tries again
     */
    Outcome forwardNextBatchToBroker(Connection connection) throws SQLException {
        goOnWhereThisLifeOfTheLogWasLeft(connection);
        if (position >= database.head().position() && clock.instant().isBefore(nextLook)) {
            return Outcome.IDLE;
        }
        goBackToWhatTheBrokerHasLost(broker.endOfEachTopic());
        nextLook = clock.instant().plus(LOOK_INTERVAL);
        var events = database.readAfter(position, batchSize);
        if (events.isEmpty()) {
            saveProgressIfMoved(connection);
            return Outcome.IDLE;
        }
        broker.publish(events);
        noteAcknowledged(events);
        if (log.isDebugEnabled()) {
            events.forEach(Relay::tellOfForwarding);
        }
        if (!clock.instant().isBefore(nextSave)) {
            saveProgressIfMoved(connection);
        }
        return Outcome.FORWARDED;
    }

    private static void tellOfForwarding(PositionedEvent event) {
        try (var _ = Trace.enter(event.event().metadata().traceId())) {
            log.debug(
                    "forwarded {} {} at position {} to {}",
                    event.event().eventType(),
                    event.event().eventId(),
                    event.position(),
                    event.topic());
        }
    }

    private void goOnWhereThisLifeOfTheLogWasLeft(Connection connection) throws SQLException {
        var current = database.head().epoch();
        if (!current.equals(epoch)) {
            position = positions.findPosition(connection, current);
            acknowledged = positions.findEndsOfTopics(connection, current);
            savedPosition = position;
            epoch = current;
        }
    }

    private void goBackToWhatTheBrokerHasLost(Map<String, TopicEnd> ends) {
        var nothing = new TopicEnd(0, new UUID(0, 0));
        var expected = new HashMap<>(acknowledged);
        acknowledged.forEach((topic, known) -> {
            var end = ends.getOrDefault(topic, nothing);
            refuseOtherEvent(topic, known, end);
            if (end.position() < known.position()) {
                log.warn(
                        "the broker has lost {} after position {} of {}, sending again",
                        topic,
                        end.position(),
                        known.position());
                rewinds.increment();
                position = Math.min(position, end.position());
                expected.put(topic, end);
            }
        });
        acknowledged = Map.copyOf(expected);
    }

    private static void refuseOtherEvent(String topic, TopicEnd known, TopicEnd end) {
        if (end.position() == known.position() && !end.eventId().equals(known.eventId())) {
            throw new IllegalStateException(
                    "the broker holds another event at position " + end.position() + " of " + topic
                            + ": database and broker do not belong to the same life of the log");
        }
    }

    private void noteAcknowledged(List<PositionedEvent> events) {
        var newest = new HashMap<>(acknowledged);
        for (var event : events) {
            newest.merge(
                    event.topic(),
                    new TopicEnd(event.position(), event.event().eventId()),
                    (one, other) -> one.position() > other.position() ? one : other);
        }
        acknowledged = Map.copyOf(newest);
        position = events.getLast().position();
        forwarded.add(events.size());
    }

    private void saveProgressIfMoved(Connection connection) throws SQLException {
        if (position != savedPosition) {
            positions.save(connection, epoch, position, acknowledged);
            savedPosition = position;
        }
        nextSave = clock.instant().plus(SAVE_INTERVAL);
    }

    /** The broker holds everything up to here, as far as this node knows. */
    long positionAtBroker() {
        return position;
    }

    /** How many events this node has forwarded. */
    long countOfForwardedEvents() {
        return forwarded.sum();
    }

    /** How often a topic had lost events. */
    long countOfRewindsOfTopics() {
        return rewinds.sum();
    }
}
