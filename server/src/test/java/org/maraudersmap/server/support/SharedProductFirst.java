package org.maraudersmap.server.support;

import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Tests that wait for each other begin first, so that others run beside them and not before. */
public final class SharedProductFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(test -> !sharesAProduct(test.getTestClass())));
    }

    private static boolean sharesAProduct(Class<?> test) {
        return AnnotatedElementUtils.hasAnnotation(test, ProductTest.class) && !ProductLock.hasProductOfItsOwn(test);
    }
}
