package org.maraudersmap.server.support;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Lets one class at a time use the product that most share; who has settings of his own has a product of his own. */
final class ProductLock implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> test) {
        return hasProductOfItsOwn(test) ? Set.of() : Set.of(new Lock("the product that most tests share"));
    }

    static boolean hasProductOfItsOwn(Class<?> test) {
        return test.isAnnotationPresent(TestPropertySource.class)
                || test.isAnnotationPresent(Import.class)
                || Stream.of(test.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(DynamicPropertySource.class));
    }
}
