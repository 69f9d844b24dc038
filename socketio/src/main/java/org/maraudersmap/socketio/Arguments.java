package org.maraudersmap.socketio;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of an event or an acknowledgement, each of which may be null: JSON has a null too. */
final class Arguments {
    private Arguments() {}

    /** A copy. What a caller writes as {@code emit("event", null)} reaches us as no array at all and is one null. */
    static List<?> of(@Nullable Object @Nullable... args) {
        return args == null
                ? Collections.singletonList(null)
                : Collections.unmodifiableList(Arrays.asList(args.clone()));
    }
}
