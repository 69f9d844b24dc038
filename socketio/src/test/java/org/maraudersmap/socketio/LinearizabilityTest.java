package org.maraudersmap.socketio;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What several threads share: whatever they do at once must look as if they had done it one after the other. Lincheck
 * tries the orders; {@code -Dconcurrency.scenarios=200} tries many.
 */
@DisplayName("Races, step by step")
class LinearizabilityTest {
    private static final int SCENARIOS = Integer.getInteger("concurrency.scenarios", 2);

    private static void check(Class<?> operations) {
        new ModelCheckingOptions().iterations(SCENARIOS).invocationsPerIteration(50).threads(3).actorsPerThread(3)
                .check(operations);
    }

    @Test
    void should_keep_a_room_as_long_as_somebody_is_in_it() {
        check(Rooms.class);
    }

    @Test
    void should_give_every_acknowledgement_to_whoever_waits_for_it_once() {
        check(Acknowledgements.class);
    }

    @Test
    void should_have_saved_every_change_that_was_made_before_a_save() {
        check(Keeper.class);
    }

    /** Two rooms, two members. */
    @Param(name = "room", gen = BooleanGen.class)
    @Param(name = "member", gen = IntGen.class, conf = "1:2")
    public static final class Rooms {
        private final RoomIndex<Integer> rooms = new RoomIndex<>();

        private static String name(boolean room) {
            return room ? "gryffindor" : "slytherin";
        }

        @Operation
        public void add(@Param(name = "room") boolean room, @Param(name = "member") int member) {
            rooms.add(name(room), member);
        }

        @Operation
        public void remove(@Param(name = "room") boolean room, @Param(name = "member") int member) {
            rooms.remove(name(room), member);
        }

        @Operation
        public boolean contains(@Param(name = "room") boolean room, @Param(name = "member") int member) {
            return rooms.contains(name(room), member);
        }

        @Operation
        public boolean isThere(@Param(name = "room") boolean room) {
            return rooms.names().contains(name(room));
        }
    }

    /** Acknowledgements of one socket, which leaves in between. */
    @Param(name = "id", gen = IntGen.class, conf = "1:2")
    public static final class Acknowledgements {
        private final PendingAcks acks = new PendingAcks();

        private record Waiting(int id) implements PendingAcks.Listener {

            @Override
            public void acknowledged(Socket socket, List<JsonNode> args) {
                throw new IllegalStateException("not here");
            }

            @Override
            public void disconnected(Socket socket) {
                throw new IllegalStateException("not here");
            }
        }

        @Operation
        public void expect(@Param(name = "id") int id) {
            acks.expect(id, new Waiting(id));
        }

        @Operation
        public boolean take(@Param(name = "id") int id) {
            return acks.take(id).isPresent();
        }

        @Operation
        public int leave() {
            return acks.takeAll().size();
        }
    }

    /** A session that changes while it is saved; its start says how often. */
    public static final class Keeper {
        private final InMemoryRecovery recovery = new InMemoryRecovery(Duration.ofHours(1), 10, 10,
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        private final SessionKeeper keeper = new SessionKeeper(recovery, new RunningTasks(Runnable::run),
                this::session);
        private long changes;

        private synchronized Recovery.Session session() {
            return new Recovery.Session("pid", 0, "/", "id", Optional.empty(), Offset.of("e", changes), Map.of(),
                    Instant.EPOCH);
        }

        private synchronized long changes() {
            return changes;
        }

        @Operation
        public void change() {
            synchronized (this) {
                changes++;
                keeper.changed();
            }
        }

        @Operation
        public boolean save() {
            var made = changes();
            keeper.save();
            return recovery.find("/", "pid").orElseThrow().start().position() >= made;
        }
    }
}
