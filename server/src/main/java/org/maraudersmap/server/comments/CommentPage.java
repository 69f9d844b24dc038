package org.maraudersmap.server.comments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a thread, oldest first.
 *
 * @param count
 *            of the comments on this page
 * @param nextCursor
 *            asks for the next page; {@code null} on the last one
 */
record CommentPage(List<Comment> comments, int count, @Nullable String nextCursor) {}
