package org.maraudersmap.e2e;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Tests that wait for each other begin first, so that others run beside them and not before. */
public final class SharedProductFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(
                        Comparator.<ClassDescriptor, Boolean>comparing(
                                test -> !test.getTestClass().isAnnotationPresent(OnSharedProduct.class))
                                .thenComparing(test -> test.getTestClass().getSimpleName()));
    }
}
