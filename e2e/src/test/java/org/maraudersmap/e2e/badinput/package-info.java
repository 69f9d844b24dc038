/** What the product answers to requests and frames that it cannot use. */
@NullMarked
package org.maraudersmap.e2e.badinput;

import org.jspecify.annotations.NullMarked;
