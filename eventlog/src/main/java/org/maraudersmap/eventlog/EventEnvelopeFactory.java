package org.maraudersmap.eventlog;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Makes envelopes of new events: adds the id (UUIDv7, so that indexes stay compact), the time and the trace.
 * Thread-safe.
 */
public final class EventEnvelopeFactory {
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();
    private final EventJson json;
    private final Clock clock;
    private final Supplier<Optional<String>> currentTrace;

    /**
     * @param currentTrace
     *            the trace id of the work in progress on the calling thread
     */
    public EventEnvelopeFactory(EventJson json, Clock clock, Supplier<Optional<String>> currentTrace) {
        this.json = json;
        this.clock = clock;
        this.currentTrace = currentTrace;
    }

    /**
     * The envelope of an event that happens now.
     *
     * @throws IllegalArgumentException
     *             if its data is no JSON object
     */
    public EventEnvelope create(NewEvent event) {
        return json.read(serialize(event).json());
    }

    /** The same, as the JSON that is recorded; without the detour over a tree. */
    public SerializedEvent serialize(NewEvent event) {
        refuseWhatIsNoObject(event);
        var actor = event.actor();
        var eventId = ids.generate();
        var trace = event.traceId() == null ? currentTrace.get().orElse(null) : event.traceId();
        var metadata = new EventMetadata(trace, EventEnvelope.SCHEMA_VERSION, actor);
        return new SerializedEvent(
                eventId,
                json.write(
                        eventId,
                        event.type(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        actor == null ? null : actor.id(),
                        metadata,
                        event.data()));
    }

    private static void refuseWhatIsNoObject(NewEvent event) {
        var isObject = switch (event.data()) {
            case JsonNode node -> node.isObject();
            case CharSequence _,Number _,Boolean _,Iterable<?> _ -> false;
            case Object other -> !other.getClass().isArray();
        };
        if (!isObject) {
            throw new IllegalArgumentException(
                    "data of " + event.type() + " must be a JSON object, got " + event.data());
        }
    }
}
