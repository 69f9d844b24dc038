package org.maraudersmap.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the product. */
@SpringBootApplication
public class Application {

    /** Starts it and returns once it serves. */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
