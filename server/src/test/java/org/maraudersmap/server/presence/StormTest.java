package org.maraudersmap.server.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maraudersmap.server.support.Api;
import org.maraudersmap.server.support.OwnProductTest;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A thousand sockets of a hundred users, who come and go at once. */
@OwnProductTest
@Import(StormTest.Counting.class)
class StormTest {
    private static final int USERS = 100;
    private static final int SOCKETS = 1_000;
    private static final int CONNECTING_AT_ONCE = 100;
    /** Of some 8 000 that it would be with one for every row and event. */
    private static final int FEW_STATEMENTS = 500;

    private final Api api;
    private final JdbcClient jdbc;
    private final AtomicInteger statements;
    private final Semaphore welcomed = new Semaphore(0);
    private final Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);

    StormTest(Api api, JdbcClient jdbc, AtomicInteger statementsOfPresence) {
        this.api = api;
        this.jdbc = jdbc;
        this.statements = statementsOfPresence;
    }

    /** Counts the statements of the presence loop, which has a thread of its own. */
    @TestConfiguration
    static class Counting {

        @Bean
        AtomicInteger statementsOfPresence() {
            return new AtomicInteger();
        }

        @Bean
        static BeanPostProcessor countsStatements(
                org.springframework.beans.factory.ObjectProvider<AtomicInteger> statements) {
            return new BeanPostProcessor() {
                @Override
                public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new CountingSource(source, statements::getObject) : bean;
                }
            };
        }
    }

    private static final class CountingSource extends DelegatingDataSource {
        private final java.util.function.Supplier<AtomicInteger> count;

        CountingSource(DataSource source, java.util.function.Supplier<AtomicInteger> count) {
            super(source);
            this.count = count;
        }

        @Override
        public Connection getConnection() throws java.sql.SQLException {
            var connection = super.getConnection();
            return Thread.currentThread().getName().equals("presence")
                    ? watch(Connection.class, connection)
                    : connection;
        }

        private <T> T watch(Class<T> type, T watched) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, args) -> {
                if (method.getName().startsWith("execute")) {
                    count.get().incrementAndGet();
                }
                try {
                    var result = method.invoke(watched, args);
                    return result instanceof PreparedStatement statement
                            ? watch(PreparedStatement.class, statement)
                            : result;
                } catch (InvocationTargetException failed) {
                    throw failed.getCause();
                }
            }));
        }
    }

    /** As little of a client as it takes. */
    private final class Client implements WebSocket.Listener {
        private final String token;
        private final StringBuilder frame = new StringBuilder();

        Client(String token) {
            this.token = token;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                var text = frame.toString();
                frame.setLength(0);
                if (text.startsWith("0")) {
                    var _ = socket.sendText("40{\"token\":\"" + token + "\"}", true);
                } else if (text.startsWith("42[\"connection:acknowledged\"")) {
                    welcomed.release();
                    connecting.release();
                } else if (text.equals("2")) {
                    var _ = socket.sendText("3", true);
                }
            }
            socket.request(1);
            return null;
        }
    }

    private long rows() {
        return jdbc.sql("select count(*) from presence_sessions").query(Long.class).single();
    }

    private Duration timeToReport(String token) {
        var began = System.nanoTime();
        assertThat(api.post("/api/incidents", token, Map.of("title", "In the storm")).status()).isEqualTo(201);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void should_take_a_storm_of_a_thousand_sockets_in_a_few_statements() throws Exception {
        var tokens = new ArrayList<String>();
        for (var i = 0; i < USERS; i++) {
            tokens.add(api.registerStudent().accessToken());
        }
        var reporter = tokens.getFirst();
        for (var i = 0; i < 20; i++) {
            var _ = timeToReport(reporter);
        }
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("ws://127.0.0.1:" + api.port() + "/socket.io/?EIO=4&transport=websocket");
            var sockets = new ArrayList<WebSocket>();
            var statementsBefore = statements.get();
            var began = System.nanoTime();
            var reports = new ArrayList<Duration>();
            for (var i = 0; i < SOCKETS; i++) {
                connecting.acquire();
                sockets.add(http.newWebSocketBuilder()
                        .buildAsync(address, new Client(tokens.get(i % USERS)))
                        .join());
                if (i % 100 == 50) {
                    reports.add(timeToReport(reporter));
                }
            }
            welcomed.acquire(SOCKETS);
            var connected = System.nanoTime();
            await().atMost(Duration.ofSeconds(5)).until(() -> rows() == SOCKETS);
            var right = System.nanoTime();
            var statementsToCome = statements.get() - statementsBefore;
            assertThat(api.get("/api/presence/online", reporter).body().path("count").asInt()).isEqualTo(USERS);

            sockets.forEach(WebSocket::abort);
            var aborted = System.nanoTime();
            reports.add(timeToReport(reporter));
            await().atMost(Duration.ofSeconds(5)).until(() -> rows() == 0);
            System.out.printf(
                    "%d sockets came in %d ms, %d ms later all were in presence, with %d statements;"
                            + " gone %d ms after they had been cut, with %d statements; reports meanwhile took %s ms%n",
                    SOCKETS,
                    Duration.ofNanos(connected - began).toMillis(),
                    Duration.ofNanos(right - connected).toMillis(),
                    statementsToCome,
                    Duration.ofNanos(System.nanoTime() - aborted).toMillis(),
                    statements.get() - statementsBefore - statementsToCome,
                    millisOf(reports));
            assertThat(statements.get() - statementsBefore).isLessThan(FEW_STATEMENTS);
        }
    }

    private static List<Long> millisOf(List<Duration> durations) {
        return durations.stream().map(Duration::toMillis).sorted().toList();
    }
}
