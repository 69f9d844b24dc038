/** The counters, over HTTP and on a real PostgreSQL. */
@NullMarked
package org.maraudersmap.server.analytics;

import org.jspecify.annotations.NullMarked;
