package org.maraudersmap.server.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class GatheredCallsTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> statements = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void stop() {
        firstMayEnd.countDown();
        threads.close();
    }

    private Map<Integer, String> answer(List<Integer> questions) {
        statements.add(List.copyOf(questions));
        if (statements.size() == 1) {
            try {
                firstMayEnd.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        if (questions.contains(-1)) {
            throw new IllegalArgumentException("not this one");
        }
        if (questions.contains(-3)) {
            throw new QueryTimeoutException("the database is away");
        }
        var answers = new HashMap<Integer, String>();
        questions.forEach(question -> answers.put(question, "answer " + question));
        answers.remove(-2);
        return answers;
    }

    private CompletableFuture<String> ask(GatheredCalls<Integer, Integer, String> calls, int question) {
        return CompletableFuture.supplyAsync(() -> {
            asked.incrementAndGet();
            return calls.call(question);
        }, threads);
    }

    private List<CompletableFuture<String>> askWhileFirstIsAnswered(
            GatheredCalls<Integer, Integer, String> calls, IntStream questions) {
        var first = ask(calls, 0);
        await().until(() -> statements.size() == 1);
        var more = questions.mapToObj(question -> ask(calls, question)).toList();
        await().until(() -> asked.get() == 1 + more.size() && calls.waiting() == more.size());
        firstMayEnd.countDown();
        assertThat(first.join()).isEqualTo("answer 0");
        return more;
    }

    @Test
    void should_answer_a_thousand_who_ask_at_once_with_two_statements() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 2_000, question -> question, this::answer);
        var answers = askWhileFirstIsAnswered(calls, IntStream.rangeClosed(1, 1_000));
        for (var n = 0; n < answers.size(); n++) {
            assertThat(answers.get(n).join()).isEqualTo("answer " + (n + 1));
        }
        assertThat(statements).hasSize(2);
    }

    @Test
    void should_ask_twice_at_the_same_time_where_it_may() {
        var calls = new GatheredCalls<Integer, Integer, String>(2, 10, question -> question, this::answer);
        var first = ask(calls, 0);
        await().until(() -> statements.size() == 1);

        assertThat(calls.call(1)).isEqualTo("answer 1");

        assertThat(first).isNotDone();
    }

    @Test
    void should_ask_no_more_at_once_than_it_may_and_the_same_never_twice() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 2, question -> question, this::answer);
        askWhileFirstIsAnswered(calls, IntStream.of(1, 2, 3, 3, 3)).forEach(CompletableFuture::join);
        assertThat(statements)
                .allSatisfy(statement -> assertThat(statement).hasSizeLessThan(3).doesNotHaveDuplicates());
        assertThat(statements.stream().mapToInt(List::size).sum()).isEqualTo(6);
    }

    @Test
    void should_fail_nobody_but_who_asks_what_cannot_be_answered() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 10, question -> question, this::answer);
        var answers = askWhileFirstIsAnswered(calls, IntStream.of(1, -1, 2));
        assertThat(answers.get(0).join()).isEqualTo("answer 1");
        assertThatThrownBy(answers.get(1)::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(answers.get(2).join()).isEqualTo("answer 2");
        assertThat(calls.call(3)).isEqualTo("answer 3");
    }

    @Test
    void should_not_ask_one_by_one_while_the_database_is_away() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 10, question -> question, this::answer);
        for (var failing : askWhileFirstIsAnswered(calls, IntStream.of(1, -3, 2))) {
            assertThatThrownBy(failing::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        }
        assertThat(statements).hasSize(2);
    }

    @Test
    void should_ask_little_more_often_for_one_among_many_that_cannot_be_answered() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 512, question -> question, this::answer);
        var answers = askWhileFirstIsAnswered(
                calls, IntStream.rangeClosed(1, 512).map(question -> question == 300 ? -1 : question));
        for (var n = 1; n <= answers.size(); n++) {
            var answer = answers.get(n - 1);
            if (n == 300) {
                assertThatThrownBy(answer::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(answer.join()).isEqualTo("answer " + n);
            }
        }
        assertThat(statements).hasSize(2 + 18);
    }

    @Test
    void should_stop_asking_when_the_database_goes_away_meanwhile() {
        var calls = new GatheredCalls<Integer, Integer, String>(1, 10, question -> question, questions -> {
            if (statements.size() > 1 && questions.size() < 5) {
                statements.add(questions);
                throw new QueryTimeoutException("gone");
            }
            return answer(questions);
        });
        for (var failing : askWhileFirstIsAnswered(calls, IntStream.of(1, -1, 2, 3, 4))) {
            assertThatThrownBy(failing::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        }
        assertThat(statements).hasSize(3);
    }

    @Test
    void should_fail_where_there_is_no_answer() {
        firstMayEnd.countDown();
        var calls = new GatheredCalls<Integer, Integer, String>(1, 10, question -> question, this::answer);
        assertThatThrownBy(() -> calls.call(-2)).isInstanceOf(IllegalStateException.class);
    }
}
