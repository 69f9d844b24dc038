package org.maraudersmap.eventlog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about itself.
 *
 * @param traceId
 *            the trace of the request that caused it, if there was one
 * @param version
 *            of the schema of its data
 * @param actor
 *            who did it, as he was then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventMetadata(@Nullable String traceId, String version, @Nullable UserSnapshot actor) {}
