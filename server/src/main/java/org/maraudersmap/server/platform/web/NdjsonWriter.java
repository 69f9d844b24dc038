package org.maraudersmap.server.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.NdjsonBody;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes {@link NdjsonBody} piece by piece; Reactor Netty keeps at most 128 pieces in memory. */
final class NdjsonWriter implements HttpMessageWriter<NdjsonBody> {
    private static final int CHARACTERS_OF_PIECE = 8 * 1024;

    private final Scheduler threads;

    NdjsonWriter(Scheduler threads) {
        this.threads = threads;
    }

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return List.of(MediaType.APPLICATION_NDJSON);
    }

    @Override
    public boolean canWrite(ResolvableType type, @Nullable MediaType mediaType) {
        return type.toClass().equals(NdjsonBody.class);
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends NdjsonBody> body,
            ResolvableType type,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage answer,
            Map<String, Object> hints) {
        answer.getHeaders().setContentType(MediaType.APPLICATION_NDJSON);
        return Mono.from(body).flatMap(ndjson -> answer.writeWith(piecesOf(ndjson.lines())));
    }

    private Flux<DataBuffer> piecesOf(Iterator<String> lines) {
        return Flux.<DataBuffer>generate(sink -> {
            var piece = new StringBuilder();
            while (piece.length() < CHARACTERS_OF_PIECE && lines.hasNext()) {
                piece.append(lines.next()).append('\n');
            }
            if (piece.isEmpty()) {
                sink.complete();
            } else {
                var bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
                sink.next(DefaultDataBufferFactory.sharedInstance.wrap(bytes));
            }
        }).subscribeOn(threads);
    }
}
