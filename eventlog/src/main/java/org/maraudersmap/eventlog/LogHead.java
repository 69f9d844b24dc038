package org.maraudersmap.eventlog;

/**
 * The end of a log.
 *
 * @param epoch
 *            identifies one life of the log: it changes when the log is rebuilt or restored from a backup
 * @param position
 *            of the newest event; 0 in an empty log
 */
public record LogHead(String epoch, long position) {}
