/**
 * The packaged product as a process of its own, and its REST API as a client sees it. Knows no class of the product.
 */
@NullMarked
package org.maraudersmap.e2e.harness;

import org.jspecify.annotations.NullMarked;
