package org.maraudersmap.server.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.RequestReader;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.HttpMessageReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Has every body that a route of ours takes read by the {@link RequestReader}. */
final class RequestBodyReader implements HttpMessageReader<Object> {
    private static final List<MediaType> JSON = List
            .of(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));

    /** With some space around it. */
    private static final int LONGEST_NULL = 16;

    private final RequestReader requests;

    RequestBodyReader(RequestReader requests) {
        this.requests = requests;
    }

    @Override
    public List<MediaType> getReadableMediaTypes() {
        return JSON;
    }

    @Override
    public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
        return type.toClass().getPackageName().startsWith("org.maraudersmap.")
                && JSON.stream().anyMatch(json -> json.includes(mediaType));
    }

    @Override
    public Mono<Object> readMono(ResolvableType type, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return DataBufferUtils.join(message.getBody())
                .map(RequestBodyReader::takeBytes)
                .filter(body -> !isNull(body))
                .map(body -> requests.readRequestFromJsonBytes(body, type.toClass()));
    }

    /** There is one request in a body. */
    @Override
    public Flux<Object> read(ResolvableType type, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return readMono(type, message, hints).flux();
    }

    /** Whoever says that there is nothing has sent nothing; some clients do so with every request. */
    private static boolean isNull(byte[] body) {
        return body.length < LONGEST_NULL && new String(body, StandardCharsets.UTF_8).strip().equals("null");
    }

    private static byte[] takeBytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
