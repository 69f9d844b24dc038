package org.maraudersmap.e2e.page;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Chromium for all tests, of which one class runs at a time; people for each, who leave after it. What they saw
 * when it failed is kept as pictures.
 */
final class PeopleOfTests implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(PeopleOfTests.class);
    private static final Path PICTURES = Path.of("target", "page-failures");

    /** Also what the constructor of a test is given belongs to one test. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext context) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(People.class);
    }

    @Override
    public People resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var chromium = context.getRoot().getStore(NAMESPACE).computeIfAbsent(
                Chromium.class,
                _ -> Chromium.launch(),
                Chromium.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(People.class, _ -> new People(chromium.browser()), People.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        var people = context.getStore(NAMESPACE).get(People.class, People.class);
        if (people != null && context.getExecutionException().isPresent()) {
            people.photograph(PICTURES,
                    context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName());
        }
    }
}
