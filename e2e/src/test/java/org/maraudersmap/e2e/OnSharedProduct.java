package org.maraudersmap.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives the tests of a class the one product ({@code Product}) that all tests share which do not stop it. Each makes
 * its
 * own users and incidents and assumes nothing about others'. One class at a time uses it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedProduct.class)
@ResourceLock("the shared product")
public @interface OnSharedProduct {
}
