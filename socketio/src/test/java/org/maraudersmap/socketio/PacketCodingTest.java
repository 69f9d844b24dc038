package org.maraudersmap.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.maraudersmap.socketio.engineio.EncodedMessage;
import org.maraudersmap.socketio.engineio.MalformedPacketException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BinaryNode;

@Label("Socket.IO 5, Packet encoding")
class PacketCodingTest {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Property(tries = 1000)
    void should_decode_what_was_encoded(@ForAll("namespaces") String namespace, @ForAll("values") List<JsonNode> args)
            throws MalformedPacketException {
        var message = new PacketEncoder(mapper).event(namespace, OptionalLong.of(7), "event", args, Optional.empty());

        var packet = decode(message).orElseThrow();

        assertThat(packet.type()).isEqualTo(Packet.Type.EVENT);
        assertThat(packet.namespace()).isEqualTo(namespace);
        assertThat(packet.id()).hasValue(7);
        var found = new ArrayList<JsonNode>();
        packet.data().forEach(found::add);
        assertThat(found.removeFirst().asString()).isEqualTo("event");
        assertThat(found).isEqualTo(args);
    }

    private Optional<Packet> decode(EncodedMessage message) throws MalformedPacketException {
        var decoder = new PacketDecoder(mapper, 100, 1_000_000);
        var parts = message.parts();
        var packet = decoder.text(new String(parts.getFirst(), StandardCharsets.UTF_8));
        for (var attachment : parts.subList(1, parts.size())) {
            assertThat(packet).isEmpty();
            packet = decoder.binary(attachment);
        }
        return packet;
    }

    @Property(tries = 3000)
    void should_answer_garbage_with_one_kind_of_exception(@ForAll("garbage") List<Object> messages) {
        var decoder = new PacketDecoder(mapper, 3, 1000);
        for (var message : messages) {
            try {
                if (message instanceof String text) {
                    var _ = decoder.text(text);
                } else {
                    var _ = decoder.binary((byte[]) message);
                }
            } catch (MalformedPacketException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            }
        }
    }

    @Property(tries = 1000)
    void should_parse_offsets_or_not_but_never_fail(@ForAll String text) {
        Offset.parse(text).ifPresent(offset -> assertThat(Offset.parse(offset.toString())).contains(offset));
        assertThat(Offset.parse("e:" + text).stream().allMatch(offset -> offset.epoch().equals("e")
                || text.contains(":"))).isTrue();
    }

    @Provide
    Arbitrary<String> namespaces() {
        return Arbitraries.strings().alpha().ofMaxLength(5).map(name -> "/" + name);
    }

    @Provide
    Arbitrary<List<JsonNode>> values() {
        return value(3).list().ofMaxSize(4);
    }

    private Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(text -> mapper.<JsonNode>valueToTree(text)),
                Arbitraries.integers().map(number -> mapper.<JsonNode>valueToTree(number)),
                Arbitraries.of(true, false).map(flag -> mapper.<JsonNode>valueToTree(flag)),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(BinaryNode::valueOf));
        if (depth == 0) {
            return leaf;
        }
        var inner = value(depth - 1);
        return Arbitraries.oneOf(leaf, inner.list().ofMaxSize(3).map(list -> mapper.createArrayNode().addAll(list)),
                inner.map(node -> mapper.createObjectNode().set("key", node)));
    }

    /** Packets with something wrong with them here and there. */
    @Provide
    Arbitrary<List<Object>> garbage() {
        var seeds = Arbitraries.of("0", "0/x,{\"a\":1}", "1", "2[\"x\",{\"_placeholder\":true,\"num\":0}]",
                "212[\"x\"]",
                "3", "31[]", "51-[\"x\",{\"_placeholder\":true,\"num\":0}]",
                "52-/n,9[\"x\",[{\"_placeholder\":true,\"num\":1}]]", "61-3[{\"_placeholder\":true,\"num\":0}]",
                "51-[\"x\",{\"_placeholder\":\"true\",\"num\":1.5}]", "50-[\"x\"]");
        var cut = Arbitraries.integers().between(0, 40);
        var noise = Arbitraries.strings().ascii().ofMaxLength(3);
        Arbitrary<Object> text = seeds.flatMap(seed -> cut.flatMap(at -> noise.map(more -> {
            var place = Math.min(at, seed.length());
            return (Object) (at > 30 ? seed : seed.substring(0, place) + more + seed.substring(place));
        })));
        Arbitrary<Object> binary = Arbitraries.of("", "00", "ffffffff").map(hex -> HexFormat.of().parseHex(hex));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, text), net.jqwik.api.Tuple.of(2, binary),
                net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(20).map(any -> (Object) any))).list()
                .ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 10)
    void should_close_the_door_on_deep_nesting(@ForAll("depths") int depth) {
        var decoder = new PacketDecoder(mapper, 3, 1000);
        for (var text : Stream.of("[", "{\"a\":").map(part -> "2[\"x\"," + part.repeat(depth)).toList()) {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(MalformedPacketException.class)
                    .isThrownBy(() -> decoder.text(text));
        }
    }

    @Provide
    Arbitrary<Integer> depths() {
        return Arbitraries.of(10, 600, 10_000, 200_000);
    }
}
