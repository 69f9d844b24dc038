/** The event log on Apache Iggy: {@link org.maraudersmap.eventlog.iggy.IggyEventLogFactory} opens it. */
@NullMarked
package org.maraudersmap.eventlog.iggy;

import org.jspecify.annotations.NullMarked;
