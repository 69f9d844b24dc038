package org.maraudersmap.server.platform.health;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * A program for the container engine, whose image has no other that could ask: ends with 0 if the address that it is
 * given answers 200 within three seconds.
 */
final class ReadinessProbe {
    private static final int PATIENCE_MILLIS = 3_000;

    private ReadinessProbe() {}

    static void main(String[] arguments) {
        System.exit(isReady(URI.create(arguments[0])) ? 0 : 1);
    }

    static boolean isReady(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
