package org.maraudersmap.server.platform.database;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.StartRefusedException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database at DATABASE_URL. One that does not take connections yet is waited for; whatever waiting does not mend
 * refuses the start at once.
 */
final class ExternalDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(ExternalDatabase.class);
    private static final int CONNECT_SECONDS = 5;
    private static final int LEAST_VERSION = 18;
    private static final long LOOK_AGAIN_NANOS = 250_000_000;

    private final URI url;
    private final Duration longest;
    private final CompletableFuture<DatabaseAddress> answer;
    private volatile boolean closing;

    private ExternalDatabase(URI url, Duration longest) {
        this.url = url;
        this.longest = longest;
        this.answer = CompletableFuture.supplyAsync(this::findDatabase, Thread.ofPlatform().name("database")::start);
    }

    /**
     * Begins to look for it and returns.
     *
     * @param longest
     *            how long to wait for one that is still starting
     */
    static ExternalDatabase find(URI url, Duration longest) {
        return new ExternalDatabase(url, longest);
    }

    @Override
    public DatabaseAddress awaitAddress() {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private DatabaseAddress findDatabase() {
        var address = DatabaseAddress.of(url);
        var began = System.nanoTime();
        for (var isFirst = true;; isFirst = false) {
            try (var connection = connect(address)) {
                refuseUnlessFit(connection);
                return address;
            } catch (SQLException failure) {
                var waited = System.nanoTime() - began;
                if (!mayStillBeStarting(failure)) {
                    throw refusal(reasonOf(failure));
                }
                if (closing || waited > longest.toNanos()) {
                    throw refusal(
                            reasonOf(failure) + " (waited for " + longest.toSeconds()
                                    + " s, DATABASE_WAIT); start the database, or set the right host and port.");
                }
                if (isFirst) {
                    log.info("waiting for the database at {}: {}", place(), reasonOf(failure));
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        address.user().ifPresent(source::setUser);
        address.password().ifPresent(source::setPassword);
        source.setApplicationName("marauders-map");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(CONNECT_SECONDS);
        return source.getConnection();
    }

    private void refuseUnlessFit(Connection connection) throws SQLException {
        var metadata = connection.getMetaData();
        if (metadata.getDatabaseMajorVersion() < LEAST_VERSION) {
            throw refusal(
                    "PostgreSQL " + metadata.getDatabaseProductVersion() + " is too old; PostgreSQL " + LEAST_VERSION
                            + " or newer is needed.");
        }
        try (var question = connection.createStatement();
                var row = question.executeQuery("""
                        select pg_is_in_recovery(), current_setting('server_encoding'), current_user,
                               coalesce(has_schema_privilege(current_schema(), 'create'), false)""")) {
            row.next();
            if (row.getBoolean(1)) {
                throw refusal("is a standby, which cannot be written to; name the primary.");
            }
            if (!row.getString(2).equals("UTF8")) {
                throw refusal("has the encoding " + row.getString(2) + "; make a database with UTF8.");
            }
            if (!row.getBoolean(4)) {
                throw refusal(
                        "the user " + row.getString(3) + " may not make tables there; make them the owner of the"
                                + " database.");
            }
        }
    }

    private static boolean mayStillBeStarting(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        // 57P03: starting up or shutting down; 57P01: shut down while we asked; 53300: no connection is free.
        if (state.equals("57P03") || state.equals("57P01") || state.equals("53300")) {
            return true;
        }
        return state.startsWith("08") && causesOf(failure).anyMatch(
                cause -> cause instanceof ConnectException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof EOFException);
    }

    private static Stream<Throwable> causesOf(Throwable failure) {
        return Stream.iterate(failure, ExternalDatabase::isThere, Throwable::getCause);
    }

    private static boolean isThere(@Nullable Throwable cause) {
        return cause != null;
    }

    private String reasonOf(SQLException failure) {
        var first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01", "28000" -> "refuses the user or the password (" + first
                    + "); set the right ones, percent-encoded.";
            case "3D000" -> "has no database of that name; make it.";
            case "57P03", "57P01", "53300" -> first;
            case String _ when causesOf(failure).anyMatch(UnknownHostException.class::isInstance) -> "the host "
                    + url.getHost() + " is not known; set the right one.";
            case String _ when mayStillBeStarting(failure) -> "does not take connections";
            case String _ when first.toLowerCase(Locale.ROOT).contains("ssl") -> first
                    + " Set another sslmode in DATABASE_URL.";
            default -> first;
        };
    }

    private StartRefusedException refusal(String reason) {
        return new StartRefusedException("DATABASE_URL=" + place() + ": " + reason);
    }

    /** Without the password, which may stand among the parameters, too. */
    private String place() {
        var user = Optional.ofNullable(url.getRawUserInfo()).map(info -> info.split(":", 2)[0] + "@").orElse("");
        var port = url.getPort() == -1 ? "" : ":" + url.getPort();
        return "postgresql://" + user + url.getHost() + port + url.getRawPath();
    }

    /** Ends the waiting for it. */
    @Override
    public void close() {
        closing = true;
    }
}
