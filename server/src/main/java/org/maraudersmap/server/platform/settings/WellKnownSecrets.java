package org.maraudersmap.server.platform.settings;

import java.util.List;
import java.util.Locale;

/** Secrets that everybody knows: examples from tutorials and templates, and what people put there for now. */
enum WellKnownSecrets {
    ;

    /** A secret has more different characters than a repeated word. */
    private static final int LEAST_DIFFERENT_CHARACTERS = 10;

    private static final List<String> NOTORIOUS = List.of(
            // jwt.io
            "your256bitsecret",
            "astringsecretatleast256bitslong",
            "qwertyuiopasdfghjklzxcvbnm123456",
            // the keys that nearly every Spring Boot tutorial signs with
            "404e635266556a586e3272357538782f413f4428472b4b6250645367566b5970",
            "413f4428472b4b6250655368566d5970337336763979244226452948404d6351",
            "3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b",
            "5367566b59703373367639792f423f4528482b4d6251655468576d5a71347437",
            "bezkodersecretkey",
            // parts of what stands in templates
            "changeme",
            "changethis",
            "changeinproduction",
            "replaceme",
            "replacethis",
            "yoursecret",
            "yourjwtsecret",
            "yoursupersecret",
            "mysecret",
            "myjwtsecret",
            "supersecret",
            "secretkey",
            "jwtsecret",
            "topsecret",
            "developmentsecret",
            "devsecret",
            "testsecret",
            "insecure",
            "donotuse",
            "notasecret",
            "atleast32char",
            "32characters",
            "ultrasecure",
            "keyboardcat",
            "correcthorsebatterystaple",
            "passwordpassword",
            "0123456789abcdef0123456789abcdef",
            "12345678901234567890",
            "abcdefghijklmnopqrstuvwxyz",
            "solemnlyswear",
            "mischiefmanaged",
            "maraudersmap",
            "gryffindor",
            "hogwarts");

    /** Whether everybody could have guessed it. */
    static boolean contains(String secret) {
        var bare = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return secret.chars().distinct().count() < LEAST_DIFFERENT_CHARACTERS
                || NOTORIOUS.stream().anyMatch(bare::contains);
    }
}
