package org.maraudersmap.e2e;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.maraudersmap.e2e.harness.Product;

/**
 * Gives a test the one product that all tests share which do not stop it. Each makes its own users and incidents and
 * assumes nothing about others'.
 */
public final class SharedProduct implements ParameterResolver {
    /** What it signs tokens with, so that tests can forge some. */
    public static final String SECRET = "the-password-of-the-fat-lady-is-caput-draconis-0451";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Product.class);
    }

    /** Started once; the store closes it after the last test. */
    @Override
    public Product resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedProduct.class))
                .computeIfAbsent(
                        Product.class,
                        _ -> Product.named("shared", Map.of("JWT_SECRET", SECRET)).start(),
                        Product.class);
    }
}
