package org.maraudersmap.server.platform.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.maraudersmap.server.platform.problem.Problem;
import org.maraudersmap.server.platform.problem.ProblemCode;

/**
 * Refuses what Netty could not read as a request, and targets that are no URIs, which Reactor Netty and Spring would
 * answer with a status and nothing else. It sits behind the handlers of other protocols, which have errors of their
 * own. The connection ends with the refusal, in its turn: if an earlier request is not answered yet, without one.
 */
final class UnreadableRequestHandler extends ChannelDuplexHandler {
    private static final int LINGER_SECONDS = 2;

    private final Function<Problem, byte[]> writer;
    private int unanswered;
    private boolean refusing;

    /**
     * @param writer
     *            the body of a refusal, as {@code application/problem+json}
     */
    UnreadableRequestHandler(Function<Problem, byte[]> writer) {
        this.writer = writer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !refusing) {
            findFault(request).ifPresentOrElse(problem -> refuse(context, problem), () -> unanswered++);
        }
        if (refusing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent) {
            unanswered--;
        }
        var _ = context.write(message, promise);
    }

    private static Optional<Problem> findFault(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(describe(request.decoderResult().cause()));
        }
        return isTarget(request.uri())
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.INVALID_PARAMETER,
                                "The path or the query is not encoded as RFC 3986 says: a percent sign itself is %25, "
                                        + "and other characters are the bytes of their UTF-8."));
    }

    private static Problem describe(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                Problem.of(ProblemCode.URI_TOO_LONG, "The path and the query are longer than this server reads.");
            case TooLongHttpHeaderException _ ->
                Problem.of(ProblemCode.HEADERS_TOO_LARGE, "The headers are larger than this server reads.");
            default -> Problem.of(ProblemCode.MALFORMED_REQUEST, "This is no HTTP/1.1 request (RFC 9112).");
        };
    }

    private static boolean isTarget(String target) {
        if (target.equals("*")) {
            return true;
        }
        try {
            // Its authority comes from elsewhere; as a whole it would be read as one if the path began with two
            // slashes.
            var uri = new URI(target.startsWith("/") ? "http://host" + target : target);
            return isUtf8(String.valueOf(uri.getRawPath())) && isUtf8(String.valueOf(uri.getRawQuery()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    /** Whether what is percent-encoded are characters; that there are two digits each has been seen to. */
    private static boolean isUtf8(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return true;
        }
        var bytes = ByteBuffer.allocate(encoded.length());
        for (var i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put((byte) '.');
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private void refuse(ChannelHandlerContext context, Problem problem) {
        refusing = true;
        if (unanswered > 0) {
            var _ = context.close();
            return;
        }
        var body = writer.apply(problem);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.code().status().value()),
                Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(_ -> closeGently(context));
    }

    /** The rest of the request may still come; closing at once would reset the connection and lose the answer. */
    private static void closeGently(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            var _ = duplex.shutdownOutput();
            Runnable ending = () -> {
                var _ = context.close();
            };
            var _ = context.executor().schedule(ending, LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (refusing) {
            context.read();
        } else {
            context.fireChannelReadComplete();
        }
    }
}
