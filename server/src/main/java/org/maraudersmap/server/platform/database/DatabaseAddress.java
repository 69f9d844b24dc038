package org.maraudersmap.server.platform.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the database is, and who we are there. */
record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<String> password) {
    private static final int DEFAULT_PORT = 5432;

    /** Reads {@code postgresql://user:pass@host:port/db?parameter=value}; user and password are percent-encoded. */
    static DatabaseAddress of(URI url) {
        var port = url.getPort() == -1 ? DEFAULT_PORT : url.getPort();
        var query = Optional.ofNullable(url.getRawQuery()).map(text -> "?" + text).orElse("");
        var user = Optional.ofNullable(url.getRawUserInfo()).map(text -> text.split(":", 2));
        return new DatabaseAddress(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath().replace("+", "%2B") + query,
                user.map(parts -> decode(parts[0])),
                user.filter(parts -> parts.length == 2).map(parts -> decode(parts[1])));
    }

    /** Unlike in a form, a plus sign is a plus sign (RFC 3986, section 2.1). */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return jdbcUrl.replaceFirst("\\?.*", "");
    }
}
