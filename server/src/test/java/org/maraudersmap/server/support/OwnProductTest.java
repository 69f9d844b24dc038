package org.maraudersmap.server.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test against a {@linkplain RunningProduct running product} with settings that no other test has, beside all others.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RunningProduct
public @interface OwnProductTest {
}
