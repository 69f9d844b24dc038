package org.maraudersmap.server.platform.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.PropertyResolver;

/** The values in force of every {@link Setting}; all of them checked before anything starts. Immutable. */
public final class Settings {
    /** A ping must have had the time to be missed before its socket counts as silent. */
    private static final Duration PRESENCE_MARGIN = Duration.ofSeconds(5);

    private static final int PART_OF_HEAP_IN_FLIGHT = 8;

    private final Map<Setting, Object> values = new EnumMap<>(Setting.class);

    /**
     * Reads every setting.
     *
     * @throws InvalidSettingException
     *             for the first one whose value is not allowed
     */
    public Settings(PropertyResolver environment) {
        for (var setting : Setting.values()) {
            var text = environment.getProperty(setting.name(), setting.defaultText());
            if (text.isBlank()) {
                refuseBlankInPlaceOfDefault(setting, text);
            } else {
                values.put(setting, setting.parse(text));
            }
        }
        refuseSettingsThatDisagree();
    }

    private static void refuseBlankInPlaceOfDefault(Setting setting, String text) {
        if (!setting.defaultText().isEmpty()) {
            throw new InvalidSettingException(
                    setting, text, "is empty; leave it out for its default, " + setting.defaultText() + ".");
        }
    }

    private void refuseSettingsThatDisagree() {
        if (text(Setting.EVENT_LOG).equals("kafka")) {
            throw new InvalidSettingException(Setting.EVENT_LOG, "kafka", "not built yet; use postgres or iggy.");
        }
        refuseTopicsOfOneName();
        var least = duration(Setting.SOCKET_IO_PING_INTERVAL).plus(PRESENCE_MARGIN);
        if (duration(Setting.PRESENCE_TIMEOUT).compareTo(least) < 0) {
            throw new InvalidSettingException(
                    Setting.PRESENCE_TIMEOUT,
                    String.valueOf(duration(Setting.PRESENCE_TIMEOUT).toMillis()),
                    "must be at least 5000 above SOCKET_IO_PING_INTERVAL, so " + least.toMillis() + " or more.");
        }
        if (!isEverythingEmbedded() && find(Setting.JWT_SECRET).isEmpty()) {
            throw new InvalidSettingException(Setting.JWT_SECRET, "", "is required with DATABASE_URL.");
        }
    }

    /** Each topic is read on its own, so two of one name would give every event twice. */
    private void refuseTopicsOfOneName() {
        var topics = List.of(
                Setting.IGGY_INCIDENT_TOPIC,
                Setting.IGGY_PRESENCE_TOPIC,
                Setting.IGGY_AUTH_TOPIC,
                Setting.IGGY_NOTIFICATION_TOPIC);
        for (var topic : topics) {
            if (topics.stream().filter(other -> text(other).equals(text(topic))).count() > 1) {
                throw new InvalidSettingException(topic, text(topic), "is the name of another topic as well.");
            }
        }
    }

    /** The value of a setting that has one. */
    public String text(Setting setting) {
        return (String) require(setting);
    }

    /** The value of a setting that counts. */
    public int number(Setting setting) {
        return Math.toIntExact((Long) require(setting));
    }

    /** The value of a setting that is a time. */
    public Duration duration(Setting setting) {
        return (Duration) require(setting);
    }

    /** The value of a setting that may have none. */
    public Optional<String> find(Setting setting) {
        return Optional.ofNullable(values.get(setting)).map(Object::toString);
    }

    /** Whether nothing outside this process's data directory is used. */
    public boolean isEverythingEmbedded() {
        return !values.containsKey(Setting.DATABASE_URL);
    }

    /** The address to listen on. */
    public String host() {
        return find(Setting.HOST).orElse(isEverythingEmbedded() ? "127.0.0.1" : "0.0.0.0");
    }

    /** The port to listen on; 0 takes a free one. */
    public int port() {
        return number(values.containsKey(Setting.PORT) ? Setting.PORT : Setting.SOCKET_IO_PORT);
    }

    /** The external database, if there is one. */
    public Optional<URI> databaseUrl() {
        return Optional.ofNullable((URI) values.get(Setting.DATABASE_URL));
    }

    /** Where embedded state lives; absolute. */
    public Path dataDirectory() {
        return Path.of(text(Setting.DATA_DIR)).toAbsolutePath().normalize();
    }

    /** Web pages that may call, besides the own one. */
    @SuppressWarnings("unchecked") // what SettingKind.origins() makes
    public List<String> allowedOrigins() {
        return (List<String>) values.getOrDefault(Setting.SOCKET_IO_CORS_ORIGIN, List.of());
    }

    /** The proxies whose {@code X-Forwarded-For} is believed. */
    @SuppressWarnings("unchecked") // what SettingKind.addressRanges() makes
    public List<AddressRange> trustedProxies() {
        return (List<AddressRange>) values.getOrDefault(Setting.TRUSTED_PROXIES, List.of());
    }

    /** How many bytes of requests may wait for their answers. */
    public long mostBytesInFlight() {
        return (Long) values.getOrDefault(
                Setting.MAX_BYTES_IN_FLIGHT, Runtime.getRuntime().maxMemory() / PART_OF_HEAP_IN_FLIGHT);
    }

    /** Whether the demo users may log in. */
    public boolean isDemoDataOn() {
        return find(Setting.DEMO_DATA)
                .map("on"::equals)
                .orElseGet(() -> isEverythingEmbedded() && isLoopback(host()));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private Object require(Setting setting) {
        var value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no value here; use find()");
        }
        return value;
    }
}
