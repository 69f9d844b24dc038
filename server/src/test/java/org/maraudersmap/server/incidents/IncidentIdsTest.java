package org.maraudersmap.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.MovableClock;
import org.maraudersmap.server.support.TestDatabase;

class IncidentIdsTest {
    private final TestDatabase database = new TestDatabase();
    private final MovableClock clock = new MovableClock();
    private final IncidentIds ids = new IncidentIds(database.jdbc(), clock);

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private List<Long> take(int count, Duration timeBetween) {
        var taken = new ArrayList<Long>();
        for (var i = 0; i < count; i++) {
            taken.add(ids.takeNextIncidentId());
            clock.moveOnBy(timeBetween);
        }
        return taken;
    }

    private long lastOfSequence() {
        return database.jdbc().sql("select last_value from incident_ids").query(Long.class).single();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void should_number_without_gaps_when_it_is_quiet() {
        assertThat(take(20, Duration.ofSeconds(2))).isEqualTo(oneTo(20));
        assertThat(lastOfSequence()).isEqualTo(20);
    }

    @Test
    void should_number_without_gaps_under_load_and_ask_the_database_rarely() {
        assertThat(take(5_000, Duration.ofNanos(200_000))).isEqualTo(oneTo(5_000));
        assertThat(lastOfSequence()).isBetween(5_000L, 5_127L);
    }

    @Test
    void should_give_up_what_is_left_of_a_block_after_a_second() {
        take(100, Duration.ofNanos(200_000));
        var left = lastOfSequence();
        assertThat(left).isGreaterThan(100);
        clock.moveOnBy(Duration.ofSeconds(2));
        assertThat(take(3, Duration.ofSeconds(2))).containsExactly(left + 1, left + 2, left + 3);
    }

    @Test
    void should_give_no_number_twice_to_many_threads_of_two_nodes() throws Exception {
        var otherNode = new IncidentIds(database.jdbc(), clock);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Callable<Long>>();
            work.addAll(Collections.nCopies(1_000, ids::takeNextIncidentId));
            work.addAll(Collections.nCopies(1_000, otherNode::takeNextIncidentId));
            Collections.shuffle(work);
            var taken = new ArrayList<Long>();
            for (var done : threads.invokeAll(work)) {
                taken.add(done.get());
            }
            assertThat(taken).doesNotHaveDuplicates();
        }
    }
}
