package org.maraudersmap.e2e.page;

import org.maraudersmap.e2e.SharedProduct;

/** A product of their own for tests of the page: what others do on theirs, people would see. */
final class ProductOfThePage extends SharedProduct {

    ProductOfThePage() {
        super("page");
    }
}
