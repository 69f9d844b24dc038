/** The audit trail, over HTTP and on a real PostgreSQL. */
@NullMarked
package org.maraudersmap.server.audit;

import org.jspecify.annotations.NullMarked;
