package org.maraudersmap.server;

import java.nio.file.Path;
import java.util.Map;
import org.maraudersmap.server.platform.ListenAddress;
import org.maraudersmap.server.platform.StartRefusedException;
import org.maraudersmap.server.platform.database.DatabaseBackup;
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
    private static final int REFUSED = 1;

    /**
     * Starts it and returns once it serves; a wrong setting ends the process with one line that names it. With
     * {@code backup <file>} or {@code restore <file>} it does that with the embedded database instead, and ends.
     */
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = readSettings(arguments);
            if (isCommand(arguments)) {
                obeyCommand(settings, arguments[0], Path.of(arguments[1]).toAbsolutePath());
                return;
            }
            ListenAddress.refuseUnlessFree(settings);
        } catch (InvalidSettingException wrong) {
            end(INVALID_SETTING, wrong);
            return;
        } catch (StartRefusedException refusal) {
            end(REFUSED, refusal);
            return;
        }
        var application = new SpringApplication(Application.class);
        if (settings.text(Setting.LOG_FORMAT).equals("json")) {
            application.setDefaultProperties(Map.of("logging.structured.format.console", "ecs"));
        }
        application.run(arguments);
    }

    private static boolean isCommand(String[] arguments) {
        return arguments.length == 2 && (arguments[0].equals("backup") || arguments[0].equals("restore"));
    }

    private static void obeyCommand(Settings settings, String command, Path file) {
        if (command.equals("backup")) {
            DatabaseBackup.write(settings, file);
            System.out.println("The backup is " + file + ".");
        } else {
            var replaced = DatabaseBackup.restore(settings, file);
            System.out.println("The backup is restored, and the log has a new epoch.");
            replaced.ifPresent(folder -> System.out.println("What was there before is " + folder + "."));
        }
    }

    private static void end(int code, RuntimeException reason) {
        System.err.println(reason.getMessage());
        System.exit(code);
    }

    private static Settings readSettings(String[] arguments) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        return new Settings(environment);
    }
}
