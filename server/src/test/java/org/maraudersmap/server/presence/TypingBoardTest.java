package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.presence.TypingBoard.Typist;

class TypingBoardTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TypingBoard board = new TypingBoard(Duration.ofSeconds(3));
    private final Typist hermione = typist("hermione");
    private final Typist ron = typist("ron");
    private final long start = Long.MAX_VALUE - SECOND;

    private static Typist typist(String name) {
        return new Typist(UUID.randomUUID(), name, "7");
    }

    private boolean begin(String source, Typist typist, long now) {
        return board.begin(source, typist, now, now + 3 * SECOND);
    }

    @Test
    void should_end_by_itself_after_the_timeout() {
        assertThat(begin("one", hermione, start)).isTrue();
        assertThat(board.endOverdue(start + 3 * SECOND - 1)).isEmpty();
        assertThat(board.endOverdue(start + 3 * SECOND)).containsExactly(hermione);
        assertThat(board.isEmpty()).isTrue();
    }

    @Test
    void should_go_on_while_the_typist_types() {
        var _ = begin("one", hermione, start);
        assertThat(begin("one", hermione, start + SECOND)).as("told already").isFalse();
        assertThat(begin("one", hermione, start + 2 * SECOND)).as("for those who have come since").isTrue();
        assertThat(board.endOverdue(start + 4 * SECOND)).isEmpty();
        assertThat(board.endOverdue(start + 5 * SECOND)).containsExactly(hermione);
    }

    @Test
    void should_know_several_typists() {
        var _ = begin("one", hermione, start);
        assertThat(begin("two", ron, start)).isTrue();
        assertThat(board.end("one")).contains(hermione);
        assertThat(board.end("one")).isEmpty();
        assertThat(board.end(ron.userId(), "8")).isEmpty();
        assertThat(board.end(ron.userId(), "7")).contains(ron);
    }

    @Test
    void should_end_only_when_a_user_types_in_no_tab() {
        var _ = begin("one", hermione, start);
        assertThat(begin("two", hermione, start)).as("he types already").isFalse();
        assertThat(board.end("one")).isEmpty();
        assertThat(board.end("two")).contains(hermione);
    }

    @Test
    void should_know_when_the_first_is_overdue() {
        assertThat(board.nanosUntilFirstIsOverdue(start)).isEmpty();
        var _ = begin("one", hermione, start + SECOND);
        var _ = begin("two", ron, start);
        assertThat(board.nanosUntilFirstIsOverdue(start + SECOND)).hasValue(2 * SECOND);
    }
}
