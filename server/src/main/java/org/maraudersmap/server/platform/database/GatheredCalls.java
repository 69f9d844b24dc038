package org.maraudersmap.server.platform.database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Gathers what callers ask at the same time into one statement: the first asks alone, those who come meanwhile wait and
 * ask together next, in the order in which they came. So a storm of a thousand costs a few statements, and nobody waits
 * for a timer. Each caller's answer was made after he asked, perhaps on another's thread: nothing of his transaction or
 * trace is known there.
 *
 * @param <K>
 *            by what questions are told apart: of those with the same key only one is in a statement
 * @param <Q>
 *            a question
 * @param <A>
 *            an answer
 */
public final class GatheredCalls<K, Q, A> {
    private final Semaphore turns;
    private final int most;
    private final Function<Q, K> key;
    private final Function<List<Q>, Map<K, A>> statement;
    private final Queue<Call<Q, A>> waiting = new ConcurrentLinkedQueue<>();

    private record Call<Q, A>(Q question, CompletableFuture<A> answer) {}

    /**
     * @param atOnce
     *            statements that may run at the same time
     * @param most
     *            questions of one statement
     * @param statement
     *            answers questions, by their keys, or none of them. If it refuses several at once, they are asked again
     *            in ever smaller groups, so that a question that cannot be answered costs nobody but its caller. If
     *            what fails is the database, the failure goes to all who asked.
     */
    public GatheredCalls(int atOnce, int most, Function<Q, K> key, Function<List<Q>, Map<K, A>> statement) {
        this.turns = new Semaphore(atOnce);
        this.most = most;
        this.key = key;
        this.statement = statement;
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IllegalStateException
     *             if the statement gave none
     */
    public A call(Q question) {
        var mine = new Call<Q, A>(question, new CompletableFuture<>());
        waiting.add(mine);
        if (turns.tryAcquire()) {
            askInTurn();
            if (!waiting.isEmpty()) {
                // He has his answer and does not stay for those of others.
                Thread.startVirtualThread(this::askWhileSomebodyWaits);
            }
        }
        try {
            return mine.answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    int waiting() {
        return waiting.size();
    }

    /** Whoever came while all turns were taken left it to those who had them; so one who ends his looks once more. */
    private void askWhileSomebodyWaits() {
        while (!waiting.isEmpty() && turns.tryAcquire()) {
            askInTurn();
        }
    }

    private void askInTurn() {
        try {
            answerCalls(takeThoseWhoWait());
        } finally {
            turns.release();
        }
    }

    private synchronized List<Call<Q, A>> takeThoseWhoWait() {
        var calls = new LinkedHashMap<K, Call<Q, A>>();
        var next = waiting.peek();
        while (next != null && calls.size() < most && calls.putIfAbsent(key.apply(next.question), next) == null) {
            waiting.remove();
            next = waiting.peek();
        }
        return List.copyOf(calls.values());
    }

    /**
     * Asks the calls together. If that is refused, each half of them is asked for itself, and so on until those are
     * alone whose questions cannot be answered: one among five hundred costs eighteen more statements.
     */
    private void answerCalls(List<Call<Q, A>> calls) {
        if (calls.isEmpty()) {
            return;
        }
        try {
            completeCalls(calls, statement.apply(calls.stream().map(Call::question).toList()));
        } catch (RuntimeException failure) {
            if (calls.size() == 1 || isFailureOfDatabase(failure)) {
                failCalls(calls, failure);
            } else {
                answerHalvesOf(calls);
            }
        } catch (Error failure) {
            failCalls(calls, failure);
            throw failure;
        }
    }

    private void answerHalvesOf(List<Call<Q, A>> calls) {
        var half = calls.size() / 2;
        var first = calls.subList(0, half);
        var second = calls.subList(half, calls.size());
        answerCalls(first);
        var lost = first.stream().map(Call::answer).filter(CompletableFuture::isCompletedExceptionally)
                .map(CompletableFuture::exceptionNow).filter(GatheredCalls::isFailureOfDatabase).findFirst();
        lost.ifPresentOrElse(failure -> failCalls(second, failure), () -> answerCalls(second));
    }

    private void completeCalls(List<Call<Q, A>> calls, Map<K, A> answers) {
        for (var call : calls) {
            var asked = key.apply(call.question);
            var answer = answers.get(asked);
            if (answer == null) {
                call.answer.completeExceptionally(new IllegalStateException("no answer to " + asked));
            } else {
                call.answer.complete(answer);
            }
        }
    }

    private void failCalls(List<Call<Q, A>> calls, Throwable failure) {
        calls.forEach(call -> call.answer.completeExceptionally(failure));
    }

    /** Asking again would then only make everybody wait as many times. */
    private static boolean isFailureOfDatabase(Throwable failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof NonTransientDataAccessResourceException
                || failure instanceof TransactionException;
    }
}
