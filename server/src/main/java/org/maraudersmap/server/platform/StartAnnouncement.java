package org.maraudersmap.server.platform;

import java.util.List;
import org.maraudersmap.server.platform.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where everything is, once it is there. */
@Component
class StartAnnouncement {
    private static final Logger log = LoggerFactory.getLogger(StartAnnouncement.class);
    private final Settings settings;
    private final List<StartNotice> notices;

    StartAnnouncement(Settings settings, List<StartNotice> notices) {
        this.settings = settings;
        this.notices = notices;
    }

    @EventListener
    void announceWhereEverythingIs(ApplicationReadyEvent ready) {
        if (!(ready.getApplicationContext() instanceof WebServerApplicationContext context)) {
            return;
        }
        var server = context.getWebServer();
        var host = settings.host().equals("0.0.0.0") || settings.host().equals("127.0.0.1")
                ? "localhost"
                : settings.host();
        var url = "http://" + host + ":" + (server == null ? settings.port() : server.getPort());
        log.info(
                """
                        The Marauder's Map is open.
                          Page       {}
                          API        {}/api/incidents
                          API docs   {}/swagger-ui.html
                          Socket.IO  {}/socket.io/
                          Health     {}/health
                          Metrics    {}/metrics
                          Database   {}
                          Demo users {}""",
                url,
                url,
                url,
                url,
                url,
                url,
                settings.databaseUrl()
                        .map(database -> "PostgreSQL at " + database.getHost())
                        .orElse("embedded PostgreSQL in " + settings.dataDirectory()),
                settings.isDemoDataOn() ? "on, such as admin@example.com / admin123" : "off");
        notices.forEach(notice -> notice.describeWhatIsToDo(url).ifPresent(log::warn));
    }
}
