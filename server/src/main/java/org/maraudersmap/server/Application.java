package org.maraudersmap.server;

import org.maraudersmap.server.platform.settings.InvalidSettingException;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Starts the product. */
@SpringBootApplication
public class Application {
    private static final int INVALID_SETTING = 2;

    /** Starts it and returns once it serves; a wrong setting ends the process with one line that names it. */
    public static void main(String[] arguments) {
        try {
            checkSettings(arguments);
        } catch (InvalidSettingException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(INVALID_SETTING);
        }
        SpringApplication.run(Application.class, arguments);
    }

    private static void checkSettings(String[] arguments) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        var _ = new Settings(environment);
    }
}
