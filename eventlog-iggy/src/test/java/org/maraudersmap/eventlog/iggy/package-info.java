/** Tests of the log on Iggy, and a server that stands in for Iggy. */
@NullMarked
package org.maraudersmap.eventlog.iggy;

import org.jspecify.annotations.NullMarked;
