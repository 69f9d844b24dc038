package org.maraudersmap.e2e;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.maraudersmap.e2e.harness.Product;

/** Gives tests a product that outlives them, the same to all that ask for one of its name. */
public class SharedProduct implements ParameterResolver {
    /** What it signs tokens with, so that tests can forge some. */
    public static final String SECRET = "the-password-of-the-fat-lady-is-caput-draconis-0451";

    private final String name;

    SharedProduct() {
        this("shared");
    }

    protected SharedProduct(String name) {
        this.name = name;
    }

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
                        name,
                        _ -> Product.named(name, Map.of("JWT_SECRET", SECRET)).start(),
                        Product.class);
    }
}
