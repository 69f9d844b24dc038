package org.maraudersmap.e2e.page;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Tests of the page take longest and wait for each other, so they begin first, and all others run beside them.
 * Otherwise
 * by name, so always the same: what looks at everything on a screen is fastest while there is little.
 */
public final class LongestFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(
                        Comparator.<ClassDescriptor, Boolean>comparing(
                                test -> !test.getTestClass().isAnnotationPresent(NeedsChromium.class))
                                .thenComparing(test -> test.getTestClass().getSimpleName()));
    }
}
