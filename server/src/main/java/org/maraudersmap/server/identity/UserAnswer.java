package org.maraudersmap.server.identity;

/** One user, as an answer. */
record UserAnswer(User user) {}
