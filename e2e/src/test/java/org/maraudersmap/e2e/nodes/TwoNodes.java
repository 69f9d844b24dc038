package org.maraudersmap.e2e.nodes;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.maraudersmap.e2e.SharedProduct;
import org.maraudersmap.e2e.harness.Product;

/** Two nodes that run: the first one has the database embedded, the second one connects to it. */
record TwoNodes(Product first, Product second) implements AutoCloseable {
    private static final Map<String, String> ENVIRONMENT = Map.of("JWT_SECRET", SharedProduct.SECRET);

    static TwoNodes start(String name) {
        var first = Product.named(name + "-first", ENVIRONMENT).start();
        return new TwoNodes(first, Product.onDatabaseOf(first, name + "-second", ENVIRONMENT).start());
    }

    @Override
    public void close() {
        second.close();
        first.close();
    }

    /** Gives a test the two that all tests share which stop neither. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(TwoNodes.class);
        }

        /** Started once; the store closes them after the last test. */
        @Override
        public TwoNodes resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(TwoNodes.class))
                    .computeIfAbsent(TwoNodes.class, _ -> TwoNodes.start("shared"), TwoNodes.class);
        }
    }
}
