package org.maraudersmap.server.platform.settings;

import static org.maraudersmap.server.platform.settings.SettingKind.duration;
import static org.maraudersmap.server.platform.settings.SettingKind.millis;
import static org.maraudersmap.server.platform.settings.SettingKind.number;
import static org.maraudersmap.server.platform.settings.SettingKind.oneOf;
import static org.maraudersmap.server.platform.settings.SettingKind.text;

import java.time.Duration;

/**
 * Everything that can be set, by an environment variable, a system property or a command-line option of the same name.
 * The defaults work on one machine with nothing installed. {@code docs/configuration.md} is made from this list.
 */
public enum Setting {
    HOST("", text(255),
            "Address to listen on. Default: 127.0.0.1 when everything is embedded, so that the public demo"
                    + " passwords stay on the machine; 0.0.0.0 with DATABASE_URL."),
    PORT("", number(0, 65_535), "Port of REST, sockets and web page. Default: SOCKET_IO_PORT. 0 takes a free one."),
    SOCKET_IO_PORT("4001", number(0, 65_535), "The specification's name for PORT."),
    TRUSTED_PROXIES("", SettingKind.addressRanges(),
            "Addresses or networks (CIDR), comma-separated, whose X-Forwarded-For is believed."),
    DATABASE_URL("", SettingKind.databaseUrl(),
            "PostgreSQL 18, as postgresql://user:pass@host:port/db. Default: an embedded one in DATA_DIR."),
    DATABASE_WAIT("30s", duration(Duration.ZERO, Duration.ofDays(1)),
            "How long a start waits for a database that does not take connections yet."),
    DATA_DIR("./data", SettingKind.directory(), "Where embedded state lives; it survives restarts."),
    EVENT_LOG("postgres", oneOf("postgres", "iggy", "kafka"), "Where consumers read; kafka is not built yet. The log"
            + " is in PostgreSQL in any case."),
    NODE_ID("", SettingKind.identifier(), "Names this node's consumers. Default: made once and kept in DATA_DIR."),
    LOG_FORMAT("text", oneOf("text", "json"),
            "How log lines look: for people, or as JSON in the Elastic Common Schema."),
    IGGY_HOST("localhost", text(255), "Where the Iggy server is, with EVENT_LOG=iggy."),
    IGGY_PORT("8090", number(1, 65_535), "Port of its TCP protocol."),
    IGGY_USERNAME("iggy", text(50), "Who we are there."),
    IGGY_PASSWORD("iggy", SettingKind.password(), "Password of that user."),
    IGGY_STREAM_NAME("marauders-map", SettingKind.identifier(),
            "The stream there; made if missing, as are its topics."),
    IGGY_INCIDENT_TOPIC("incident-events", SettingKind.identifier(), "Topic of what happens to incidents."),
    IGGY_PRESENCE_TOPIC("presence-events", SettingKind.identifier(), "Topic of who comes and goes."),
    IGGY_AUTH_TOPIC("auth-events", SettingKind.identifier(), "Topic of accounts and sessions."),
    IGGY_NOTIFICATION_TOPIC("notification-events", SettingKind.identifier(), "Topic of notifications."),
    IGGY_CONSUMER_ID("websocket-broadcaster", SettingKind.identifier(),
            "First part of the name of the consumer that feeds this node's sockets."),
    IGGY_POLL_INTERVAL_MS("100", millis(1, 60_000), "Upper bound of a consumer's idle wait, in ms."),
    IGGY_BATCH_SIZE("500", number(1, 10_000), "Most events that a consumer takes at once."),
    RECOVERY_WINDOW("10m", duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "How long after its last sign of life a socket can be recovered."),
    RECOVERY_MAX_EVENTS("100000", number(0, 100_000_000), "Most events that a recovery looks through."),
    JWT_SECRET("", SettingKind.secret(32),
            "Signs access tokens. Default: made once and kept in DATA_DIR when the database is embedded; required"
                    + " otherwise."),
    ACCESS_TOKEN_TTL("15m", duration(Duration.ofSeconds(1), Duration.ofDays(1)), "How long an access token is good."),
    REFRESH_TOKEN_TTL("7d", duration(Duration.ofSeconds(1), Duration.ofDays(365)),
            "How long a refresh token is good."),
    SOCKET_IO_CORS_ORIGIN("http://localhost:3001", SettingKind.origins(),
            "Origins of web pages that may call, besides the own one; comma-separated. For REST, polling and the"
                    + " WebSocket upgrade."),
    SOCKET_IO_PING_TIMEOUT("60000", millis(100, 3_600_000), "How long the server waits for a pong, in ms."),
    SOCKET_IO_PING_INTERVAL("25000", millis(100, 3_600_000), "How often the server pings, in ms."),
    PRESENCE_TIMEOUT("30000", millis(100, 3_600_000),
            "How long a silent socket counts as present, in ms; at least 5 s above the ping interval."),
    TYPING_TIMEOUT("3000", millis(100, 60_000), "How long typing is shown after the last sign of it, in ms."),
    MAX_CONNECTIONS_PER_ADDRESS("20000", number(1, 10_000_000),
            "Most connections of one client address; more are closed at once. IPv6 counts by /64, a trusted proxy not at"
                    + " all."),
    MAX_BYTES_IN_FLIGHT("", number(1_000_000, 1_000_000_000_000L),
            "Most bytes of requests that are not answered yet, a quarter of it for one client; beyond: 503. Default: an"
                    + " eighth of the heap."),
    REQUEST_TIMEOUT("30s", duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "How long a client may take for the headers of a request, and again for its body."),
    IDLE_TIMEOUT("60s", duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "How long a connection may be without a request, or without taking the answer that waits for it."),
    MAX_SOCKETS_PER_ADDRESS("20000", number(1, 10_000_000), "Most sockets of one client address."),
    MAX_SOCKETS_PER_USER("100", number(1, 10_000_000), "Most sockets of one user."),
    MAX_EVENTS_PER_SOCKET_PER_SECOND("50", number(1, 1_000_000), "Most events that one socket may send in a second."),
    MAX_LOGIN_FAILURES("10", number(1, 1_000_000),
            "Failed logins of one mail from one address in a quarter of an hour; ten times as many from one address,"
                    + " and a hundred times as many of one mail. An address from which the user has logged in before is"
                    + " not locked by what others try."),
    MAX_WRITES_PER_USER_PER_MINUTE("1200", number(1, 100_000_000),
            "Requests of one user that change something, a minute; beyond: 429."),
    METRICS_ACCESS("local", SettingKind.metricsAccess(),
            "Who may read /metrics. local: whoever asks from this machine and is forwarded by no proxy. open: everyone."
                    + " token:<secret>: whoever sends Authorization: Bearer <secret>. An ADMIN's access token always does."),
    FIRST_ADMIN("", text(320),
            "Mail of the user who may become ADMIN by the link that the start prints, as long as no ADMIN can log in."
                    + " Default: nobody."),
    DEMO_DATA("", oneOf("on", "off"),
            "Demo users and incidents. Default: on when everything is embedded and HOST is loopback. While it is"
                    + " off the demo users cannot log in.");

    private final String defaultText;
    @SuppressWarnings("ImmutableEnumChecker") // its parser keeps no state
    private final SettingKind kind;
    private final String meaning;

    Setting(String defaultText, SettingKind kind, String meaning) {
        this.defaultText = defaultText;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The value where none is set; empty where it depends on others or there is none. */
    public String defaultText() {
        return defaultText;
    }

    /** What it is for, in one or two sentences. */
    public String meaning() {
        return meaning;
    }

    /** Which values are allowed, in words. */
    public String allowed() {
        return kind.allowed();
    }

    boolean isSecret() {
        return kind.isSecret();
    }

    Object parse(String value) {
        try {
            return kind.parse(value);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(this, value, "not understood.");
        }
    }
}
