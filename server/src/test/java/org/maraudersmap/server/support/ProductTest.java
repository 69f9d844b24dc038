package org.maraudersmap.server.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A test against the {@linkplain RunningProduct running product} that most share: it makes its own users and
 * incidents, and assumes nothing about others'. They run one after another, and beside all other tests.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningProduct
@Execution(ExecutionMode.SAME_THREAD)
public @interface ProductTest {
}
