package org.maraudersmap.server.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {
    private final WebSocketFrames frames = new WebSocketFrames();

    private static ByteBuf encode(WebSocketFrame... messages) {
        var channel = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
        channel.writeOutbound((Object[]) messages);
        var all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        channel.finishAndReleaseAll();
        return all;
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 131_000})
    void should_count_every_byte_of_a_message_until_its_end(int length) {
        var message = encode(new BinaryWebSocketFrame(bytes(length)));
        for (var come = 1; message.readableBytes() > 1; come++) {
            frames.follow(message.readSlice(1));
            assertThat(frames.unfinishedBytes()).isEqualTo(come);
        }
        frames.follow(message);
        assertThat(frames.unfinishedBytes()).isZero();
    }

    @Test
    void should_count_fragments_together_and_a_ping_between_them_not_at_all() {
        var first = encode(new BinaryWebSocketFrame(false, 0, bytes(300)));
        var most = first.readableBytes();
        frames.follow(first);
        assertThat(frames.unfinishedBytes()).isEqualTo(most);
        frames.follow(encode(new PingWebSocketFrame(bytes(20))));
        assertThat(frames.unfinishedBytes()).isEqualTo(most);
        frames.follow(encode(new ContinuationWebSocketFrame(true, 0, bytes(10))));
        assertThat(frames.unfinishedBytes()).isZero();
    }

    @Test
    void should_find_the_end_of_the_last_message_however_they_are_cut() {
        var random = new Random(7);
        for (var run = 0; run < 200; run++) {
            var messages = encode(
                    new TextWebSocketFrame("x".repeat(random.nextInt(300))),
                    new BinaryWebSocketFrame(bytes(random.nextInt(70_000))),
                    new PingWebSocketFrame(),
                    new TextWebSocketFrame("2"));
            while (messages.isReadable()) {
                frames.follow(messages.readSlice(1 + random.nextInt(messages.readableBytes())));
            }
            assertThat(frames.unfinishedBytes()).isZero();
        }
    }
}
