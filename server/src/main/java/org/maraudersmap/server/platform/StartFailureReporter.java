package org.maraudersmap.server.platform;

import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one line why the start failed, where that is known. Named in {@code META-INF/spring.factories}. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {
    private static final Logger log = LoggerFactory.getLogger(StartFailureReporter.class);

    @Override
    public boolean reportException(Throwable failure) {
        var line = Stream.iterate(failure, StartFailureReporter::isThere, Throwable::getCause)
                .flatMap(cause -> lineFor(cause).stream())
                .findFirst();
        line.ifPresent(log::error);
        return line.isPresent();
    }

    private static boolean isThere(@Nullable Throwable cause) {
        return cause != null;
    }

    private static Optional<String> lineFor(Throwable cause) {
        return switch (cause) {
            case StartRefusedException refusal -> Optional.ofNullable(refusal.getMessage());
            case PortInUseException inUse -> Optional.of(
                    "PORT=" + inUse.getPort() + " is in use by another process; stop it or choose another port.");
            case FlywayException migration -> Optional.of(
                    "The tables of the database cannot be brought up to date; mend that and start again: "
                            + String.valueOf(migration.getMessage()).strip().replaceAll("\\s+", " "));
            default -> Optional.empty();
        };
    }
}
