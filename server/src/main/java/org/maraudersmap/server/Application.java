package org.maraudersmap.server;

import java.util.Map;
import org.maraudersmap.server.platform.settings.InvalidSettingException;
import org.maraudersmap.server.platform.settings.Setting;
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
        Settings settings;
        try {
            settings = readSettings(arguments);
        } catch (InvalidSettingException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(INVALID_SETTING);
            return;
        }
        var application = new SpringApplication(Application.class);
        if (settings.text(Setting.LOG_FORMAT).equals("json")) {
            application.setDefaultProperties(Map.of("logging.structured.format.console", "ecs"));
        }
        application.run(arguments);
    }

    private static Settings readSettings(String[] arguments) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        return new Settings(environment);
    }
}
