package org.maraudersmap.server.platform;

import java.util.Iterator;

/**
 * The body of an {@code application/x-ndjson} answer of any length: JSON texts, one a line. They are asked for on a
 * virtual thread while the answer is being written, no faster than the client reads; so the iterator may block. If it
 * fails the answer breaks off, which the client notices.
 */
public record NdjsonBody(Iterator<String> lines) {}
