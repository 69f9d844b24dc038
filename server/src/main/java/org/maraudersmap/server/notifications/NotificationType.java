package org.maraudersmap.server.notifications;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why somebody is notified. */
enum NotificationType {
    /** He is mentioned in a comment. */
    MENTION("mention"),
    /** An incident is his now. */
    ASSIGNMENT("assignment"),
    /** An incident is urgent, and he is an AUROR. */
    ESCALATION("escalation");

    private final String text;

    NotificationType(String text) {
        this.text = text;
    }

    /** As it is written in JSON and in the database. */
    @JsonValue
    String text() {
        return text;
    }

    static NotificationType of(String text) {
        for (var type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of notification: " + text);
    }
}
