package org.maraudersmap.e2e.harness;

/** The users that every product with demo data has. */
public enum DemoUser {
    /** ADMIN. */
    ADMIN("admin@example.com", "admin123"),
    /** AUROR. */
    MOODY("alastor.moody@hogwarts.edu", "mischief-managed"),
    /** PREFECT. */
    HERMIONE("hermione.granger@hogwarts.edu", "mischief-managed"),
    /** PREFECT. */
    DRACO("draco.malfoy@hogwarts.edu", "mischief-managed"),
    /** STUDENT. */
    HARRY("harry.potter@hogwarts.edu", "mischief-managed"),
    /** STUDENT. */
    LUNA("luna.lovegood@hogwarts.edu", "mischief-managed");

    private final String email;
    private final String password;

    DemoUser(String email, String password) {
        this.email = email;
        this.password = password;
    }

    /** The mail that he logs in with. */
    public String email() {
        return email;
    }

    /** Public, like the user. */
    public String password() {
        return password;
    }
}
