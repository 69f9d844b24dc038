/** Who may do, hear and see what: every role, and whoever is concerned, against a table. */
@NullMarked
package org.maraudersmap.e2e.rights;

import org.jspecify.annotations.NullMarked;
