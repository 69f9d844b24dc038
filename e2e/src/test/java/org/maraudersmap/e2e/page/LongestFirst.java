package org.maraudersmap.e2e.page;

import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Tests of the page take longest and wait for each other, so they begin first; all others run beside them. */
public final class LongestFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing(test -> !test.getTestClass().isAnnotationPresent(NeedsChromium.class)));
    }
}
