/** Whether whatever a request, an event or a connection takes is given back. */
@NullMarked
package org.maraudersmap.e2e.soak;

import org.jspecify.annotations.NullMarked;
