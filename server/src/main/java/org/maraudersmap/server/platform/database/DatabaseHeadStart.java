package org.maraudersmap.server.platform.database;

import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the embedded database, or looks for the external one, before anything else of the application: it comes up in
 * a
 * process of its own while Spring reads classes in this one. What it takes for that, {@link Settings} and
 * {@link DataDirectory}, are beans from then on. Named in {@code META-INF/spring.factories}.
 */
final class DatabaseHeadStart implements ApplicationContextInitializer<GenericApplicationContext> {

    @Override
    public void initialize(GenericApplicationContext context) {
        var settings = new Settings(context.getEnvironment());
        context.registerBean(Settings.class, () -> settings);
        var directory = DataDirectory.open(settings.dataDirectory());
        add(context.getDefaultListableBeanFactory(), "dataDirectory", directory);
        add(context.getDefaultListableBeanFactory(), "database", find(settings, directory));
    }

    private static Database find(Settings settings, DataDirectory directory) {
        return settings.databaseUrl()
                .<Database>map(url -> ExternalDatabase.find(url, settings.duration(Setting.DATABASE_WAIT)))
                .orElseGet(() -> EmbeddedDatabase.start(directory, DatabaseHeadStart::endThisProcess));
    }

    /** So that a supervisor starts it again, and nobody is served by a process that can remember nothing. */
    private static void endThisProcess() {
        System.exit(1);
    }

    /** Closed by Spring after all that came later, also if the start of those fails. */
    private static void add(DefaultListableBeanFactory beans, String name, AutoCloseable bean) {
        beans.registerSingleton(name, bean);
        beans.registerDisposableBean(name, bean::close);
    }
}
