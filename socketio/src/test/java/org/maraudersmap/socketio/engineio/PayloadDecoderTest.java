package org.maraudersmap.socketio.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

@Label("Engine.IO 4, Packet encoding")
class PayloadDecoderTest {

    @Property(tries = 500)
    void should_take_apart_what_was_put_together(@ForAll @Size(min = 1, max = 20) List<String> packets)
            throws MalformedPacketException {
        var clean = packets.stream().map(packet -> packet.replace(PayloadDecoder.SEPARATOR, ' ')).toList();
        var found = new ArrayList<String>();
        PayloadDecoder.decode(String.join("\u001e", clean), 20, found::add);
        assertThat(found).isEqualTo(clean);
    }

    @Property(tries = 500)
    void should_refuse_what_is_no_base64_and_nothing_else(@ForAll String text) {
        try {
            var bytes = PayloadDecoder.base64("b" + text);
            assertThat(bytes.length).isLessThanOrEqualTo(text.length());
        } catch (MalformedPacketException e) {
            assertThat(e).hasMessageContaining("base64");
        }
    }

    @Property(tries = 20)
    void should_refuse_more_packets_than_are_allowed(@ForAll @IntRange(min = 1, max = 50) int max) {
        assertThatExceptionOfType(MalformedPacketException.class)
                .isThrownBy(() -> PayloadDecoder.decode("\u001e".repeat(max), max, _ -> true));
    }

    @Property(tries = 200)
    void should_inflate_what_was_deflated_and_refuse_everything_else(@ForAll byte[] data) throws DataFormatException {
        assertThat(MessageDeflater.inflate(MessageDeflater.deflate(data), data.length + 1)).isEqualTo(data);
        try {
            assertThat(MessageDeflater.inflate(data, 1000).length).isLessThanOrEqualTo(1000);
        } catch (DataFormatException | io.netty.handler.codec.TooLongFrameException e) {
            assertThat(e).isNotNull();
        }
    }

    @Property(tries = 100)
    void should_frame_messages_of_every_length(@ForAll @IntRange(max = 70_000) int length) {
        var frame = EncodedMessage.binary(new byte[length]).webSocket(false);
        var header = length < 126 ? 2 : length <= 0xffff ? 4 : 10;
        assertThat(frame).hasSize(header + length);
        var expected = new ByteArrayOutputStream();
        expected.write(0x82);
        if (header == 2) {
            expected.write(length);
        } else if (header == 4) {
            expected.write(126);
            expected.write(length >> 8);
            expected.write(length);
        } else {
            expected.write(127);
            expected.writeBytes(new byte[]{0, 0, 0, 0});
            expected.write(length >> 24);
            expected.write(length >> 16);
            expected.write(length >> 8);
            expected.write(length);
        }
        assertThat(frame).startsWith(expected.toByteArray());
    }
}
