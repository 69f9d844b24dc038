package org.maraudersmap.server.backbone;

import org.maraudersmap.eventlog.EventLog;

/** The log that consumers read. Everybody else reads the one in PostgreSQL, which is never behind. */
record ConsumedLog(EventLog log) {}
