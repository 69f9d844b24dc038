package org.maraudersmap.server.platform.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.maraudersmap.server.platform.settings.Setting;
import org.maraudersmap.server.platform.settings.Settings;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Reads the body of a request, once it is known who sends it and that its type is one that we read: whoever is refused
 * for another reason is refused before, and their body is thrown away as it comes. The thread is the request's own and
 * waits here; the {@link ConnectionGuard} sees to it that it does not wait for long.
 */
@Component
@Order(RequestBodyFilter.ORDER)
final class RequestBodyFilter implements WebFilter {
    static final int ORDER = ActorFilter.ORDER + 5;
    private static final int LARGEST_BODY = 128 * 1024;
    /** The guard has ended the connection by then. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration patience;

    RequestBodyFilter(Settings settings) {
        this.patience = settings.duration(Setting.REQUEST_TIMEOUT).plus(GRACE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (!hasBody(request)) {
            return chain.filter(exchange);
        }
        refuseWhatCannotBeRead(request);
        var body = DataBufferUtils.join(request.getBody(), LARGEST_BODY)
                .map(RequestBodyFilter::takeBytes)
                // Nobody is there to be told, and nothing is wrong on our side.
                .onErrorMap(
                        AbortedException.class,
                        _ -> Problem.of(ProblemCode.MALFORMED_REQUEST, "The connection ended before the body did."))
                .blockOptional(patience)
                .orElseGet(() -> new byte[0]);
        return chain.filter(exchange.mutate().request(new ReadRequest(request, body)).build());
    }

    private static boolean hasBody(ServerHttpRequest request) {
        var headers = request.getHeaders();
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static void refuseWhatCannotBeRead(ServerHttpRequest request) {
        if (request.getHeaders().getContentLength() > LARGEST_BODY) {
            throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than 128 KB.");
        }
        var type = Optional.ofNullable(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
        var isRead = type.map(RequestBodyFilter::isJson).orElse(request.getMethod().equals(HttpMethod.DELETE));
        if (!isRead) {
            throw Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    type.map(other -> "Send application/json, in UTF-8, not '" + other + "'.")
                            .orElse("Say what the body is: Content-Type: application/json."));
        }
    }

    /**
     * JSON is UTF-8 (RFC 8259). Also {@code application/merge-patch+json} and its like, which every route reads as
     * JSON.
     */
    private static boolean isJson(String text) {
        try {
            var type = MediaType.parseMediaType(text);
            var isUtf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
            return isUtf8
                    && type.isConcrete()
                    && type.getType().equals("application")
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private static byte[] takeBytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** A request whose body has come. */
    private static final class ReadRequest extends ServerHttpRequestDecorator {
        private final byte[] body;

        ReadRequest(ServerHttpRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.length == 0 ? Flux.empty() : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
        }
    }
}
