/** Outbox, sequencer, the log in PostgreSQL, consumers: records, orders, delivers. Knows no domain. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.backbone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
