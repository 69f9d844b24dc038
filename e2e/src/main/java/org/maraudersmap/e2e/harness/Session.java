package org.maraudersmap.e2e.harness;

/** A user who is signed in, with his tokens. */
public record Session(String userId, String email, String handle, String accessToken, String refreshToken) {}
