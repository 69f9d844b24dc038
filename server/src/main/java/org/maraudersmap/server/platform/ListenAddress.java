package org.maraudersmap.server.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.maraudersmap.server.platform.settings.Settings;

/** HOST and PORT, tried before anything is started for whoever would come there. */
public final class ListenAddress {

    private ListenAddress() {}

    /**
     * Listens there for a moment.
     *
     * @throws StartRefusedException
     *             if that cannot be done
     */
    public static void refuseUnlessFree(Settings settings) {
        var host = settings.host();
        var port = settings.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            throw new StartRefusedException("HOST=" + host + " is not known here; set an address of this machine.");
        } catch (IOException cause) {
            throw new StartRefusedException(lineFor(host, port, String.valueOf(cause.getMessage())));
        }
    }

    private static String lineFor(String host, int port, String reason) {
        if (reason.contains("in use")) {
            return "PORT=" + port + " is in use by another process; stop it or choose another port.";
        }
        if (reason.contains("ermission denied")) {
            return "PORT=" + port + " may not be opened by this user; choose one above 1023.";
        }
        return "HOST=" + host + " is no address of this machine (" + reason + "); set one that is.";
    }
}
