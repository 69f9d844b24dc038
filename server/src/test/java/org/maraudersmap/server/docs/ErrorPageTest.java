package org.maraudersmap.server.docs;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maraudersmap.eventlog.docs.GeneratedPage;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

class ErrorPageTest {

    @Test
    void should_keep_the_page_of_errors_true() {
        var rows = Arrays.stream(ProblemCode.values()).map(ErrorPageTest::describe).collect(Collectors.joining());
        GeneratedPage.checkOrWrite("errors.md",
                """
                        <!-- Made from ProblemCode.java by ErrorPageTest; do not edit. Write it anew: mvn test -Ddocs=write -->
                        # Errors

                        Every refusal over HTTP is `application/problem+json` (RFC 9457):

                        ```json
                        {
                          "type": "urn:marauders-map:problem:validation-failed",
                          "title": "Validation failed",
                          "status": 400,
                          "detail": "title: must not be blank.",
                          "code": "VALIDATION_FAILED",
                          "errors": [{"field": "title", "message": "must not be blank"}]
                        }
                        ```

                        `code` is for programs, `detail` for people; `errors` is there where fields or parameters are at fault. Nothing
                        is half done when something is refused, and no stack trace is ever shown. The same codes are used on sockets:
                        in a negative acknowledgement `{ok: false, code, message}`, and in the event `error`
                        `{code, message, event}` where no acknowledgement was asked for.

                        | code | HTTP status | title |
                        |---|---|---|
                        """
                        + rows + """

                                `RATE_LIMITED` says in `Retry-After` how many seconds to wait.
                                """);
    }

    private static String describe(ProblemCode code) {
        var problem = Problem.of(code, code.title()).toProblemDetail();
        return "| `" + code.name() + "` | " + problem.getStatus() + " | " + problem.getTitle() + " |\n";
    }
}
