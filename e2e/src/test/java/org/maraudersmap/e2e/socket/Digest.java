package org.maraudersmap.e2e.socket;

/**
 * What a client has heard of the log, on all its connections.
 *
 * @param count
 *            messages
 * @param hash
 *            over all of them, with their offsets, in the order in which they came
 * @param disorders
 *            messages that came not after the one before
 * @param connections
 *            how often it was connected
 * @param recoveries
 *            how many of these the official client took for a continuation
 * @param welcomedAt
 *            when it was last told that it is up to date, in milliseconds since 1970
 * @param last
 *            the offset of the last message
 */
public record Digest(
        long count, String hash, int disorders, int connections, int recoveries, double welcomedAt, String last) {}
