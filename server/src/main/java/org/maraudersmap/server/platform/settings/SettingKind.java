package org.maraudersmap.server.platform.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.boot.convert.DurationStyle;

/**
 * A kind of value: what is allowed, in words, and how it is read.
 *
 * @param parser
 *            throws {@link IllegalArgumentException} for what is not allowed
 */
record SettingKind(String allowed, boolean isSecret, Function<String, Object> parser) {

    Object parse(String value) {
        return parser.apply(value);
    }

    static SettingKind text(int longest) {
        return of("text of at most " + longest + " characters", value -> check(value, value.length() <= longest));
    }

    /** {@link java.nio.file.InvalidPathException} is an {@link IllegalArgumentException}. */
    static SettingKind directory() {
        return of("a path", value -> Path.of(value).toString());
    }

    static SettingKind identifier() {
        return of("letters, digits, '-', '_' and '.', at most 64",
                value -> check(value, value.matches("[\\w.-]{1,64}")));
    }

    static SettingKind number(long least, long most) {
        return of(
                "a whole number from " + least + " to " + most,
                value -> {
                    var number = Long.parseLong(value.strip());
                    return check(number, number >= least && number <= most);
                });
    }

    static SettingKind millis(long least, long most) {
        var number = number(least, most);
        return of(number.allowed() + " (milliseconds)", value -> Duration.ofMillis((Long) number.parse(value)));
    }

    static SettingKind duration(Duration least, Duration most) {
        return of(
                "a duration such as 90s, 15m or 7d, at most " + most.toDays() + "d",
                value -> {
                    var duration = DurationStyle.detectAndParse(value.strip());
                    return check(duration, duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
                });
    }

    static SettingKind oneOf(String... values) {
        var allowed = List.of(values);
        return of(
                "one of " + String.join(", ", allowed),
                value -> check(value.strip().toLowerCase(Locale.ROOT),
                        allowed.contains(value.strip().toLowerCase(Locale.ROOT))));
    }

    static SettingKind secret(int shortest) {
        return new SettingKind(
                "at least " + shortest + " characters that are nobody's example",
                true,
                value -> check(value, value.length() >= shortest && !WellKnownSecrets.contains(value)));
    }

    /** Given by whoever runs the other side, so it is not for us to judge. */
    static SettingKind password() {
        return new SettingKind("any text", true, value -> value);
    }

    static SettingKind metricsAccess() {
        return new SettingKind(
                "local, open, or token: and a secret of at least 16 visible ASCII characters",
                true,
                value -> check(value.strip(), value.strip().matches("local|open|token:[\\x21-\\x7e]{16,}")));
    }

    static SettingKind databaseUrl() {
        return new SettingKind(
                "postgresql://user:pass@host:port/db",
                true,
                value -> {
                    var url = URI.create(value);
                    return check(
                            url,
                            List.of("postgresql", "postgres").contains(String.valueOf(url.getScheme()))
                                    && url.getHost() != null
                                    && url.getPath() != null
                                    && url.getPath().length() > 1);
                });
    }

    static SettingKind origins() {
        return of(
                "origins such as https://map.example.org, comma-separated",
                value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .map(origin -> check(origin, origin.matches("https?://[^/*\\s]+")))
                        .toList());
    }

    static SettingKind addressRanges() {
        return of(
                "IP addresses or networks such as 10.0.0.0/8, comma-separated",
                value -> Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(range -> !range.isEmpty())
                        .map(AddressRange::of)
                        .toList());
    }

    private static SettingKind of(String allowed, Function<String, Object> parser) {
        return new SettingKind(allowed, false, parser);
    }

    private static <T> T check(T value, boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}
