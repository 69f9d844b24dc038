/** The event envelope and the ports of the durable event log. */
@NullMarked
package org.maraudersmap.eventlog;

import org.jspecify.annotations.NullMarked;
