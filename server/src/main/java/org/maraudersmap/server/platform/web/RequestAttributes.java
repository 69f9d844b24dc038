package org.maraudersmap.server.platform.web;

/** What the filters leave for the routes. */
enum RequestAttributes {
    ACTOR;

    String key() {
        return RequestAttributes.class.getName() + "." + name();
    }
}
