/** Incidents: the rules by themselves, the rest over HTTP on a real PostgreSQL. */
@NullMarked
package org.maraudersmap.server.incidents;

import org.jspecify.annotations.NullMarked;
