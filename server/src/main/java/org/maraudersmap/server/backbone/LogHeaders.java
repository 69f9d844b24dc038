package org.maraudersmap.server.backbone;

import java.util.function.Consumer;
import org.maraudersmap.eventlog.LogHead;
import org.springframework.http.HttpHeaders;

/**
 * Says in the headers of an answer up to where the log is contained in it: whoever applies the later events misses
 * nothing. For {@code ResponseEntity.ok().headers(…)}.
 *
 * @param head
 *            the log's, read <em>before</em> the state that is answered
 */
public record LogHeaders(LogHead head) implements Consumer<HttpHeaders> {
    private static final String POSITION = "Log-Position";
    private static final String EPOCH = "Log-Epoch";

    @Override
    public void accept(HttpHeaders headers) {
        headers.set(POSITION, String.valueOf(head.position()));
        headers.set(EPOCH, head.epoch());
    }
}
