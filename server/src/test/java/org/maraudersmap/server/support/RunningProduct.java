package org.maraudersmap.server.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maraudersmap.server.Application;
import org.maraudersmap.server.identity.CheapPasswordHashes;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

/**
 * The whole product on a free port, with a PostgreSQL of its own; one for all tests with the same settings. An
 * {@link Api} can be injected. Every event that is recorded must be valid under its JSON Schema, and
 * what a class takes of the product it must have given back when it ends.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.DEFINED_PORT, properties = {"PORT=0",
        "DATA_DIR=target/test-data/${random.uuid}", "DEMO_DATA=on", "MAX_WRITES_PER_USER_PER_MINUTE=1000000"})
@TestConstructor(autowireMode = AutowireMode.ALL)
@Import({Api.class, CheapPasswordHashes.class})
@ExtendWith({RecordedEventsAreValid.class, NothingIsKept.class})
@interface RunningProduct {
}
