package org.maraudersmap.server.platform.input;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.module.SimpleModule;

/** Reads texts by the {@link TextRule}, and ids and names in the one spelling that they have. */
final class StrictValues extends SimpleModule {
    private static final long serialVersionUID = 1L;

    StrictValues() {
        super("strict values");
        addDeserializer(String.class, new TextDeserializer(false));
        addDeserializer(UUID.class, new UuidDeserializer());
        setDeserializerModifier(new ValueDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public ValueDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config,
                    JavaType type,
                    BeanDescription.Supplier description,
                    ValueDeserializer<?> usual) {
                return new NameDeserializer(type.getRawClass());
            }
        });
    }

    /** A text that breaks the rule; the message follows its name. */
    static final class UnusableTextException extends MismatchedInputException {
        private static final long serialVersionUID = 1L;

        UnusableTextException(JsonParser parser, String message) {
            super(parser, message, String.class);
        }
    }

    private static final class TextDeserializer extends StdScalarDeserializer<String> {
        private final boolean verbatim;

        TextDeserializer(boolean verbatim) {
            super(String.class);
            this.verbatim = verbatim;
        }

        @Override
        public ValueDeserializer<?> createContextual(
                DeserializationContext context, @Nullable BeanProperty property) {
            return new TextDeserializer(
                    Optional.ofNullable(property)
                            .map(field -> field.getAnnotation(Text.class))
                            .filter(Text::verbatim)
                            .isPresent());
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
                throws JacksonException {
            var text = StringDeserializer.instance.deserialize(parser, context);
            if (text == null) {
                return null;
            }
            var fault = verbatim ? TextRule.findMalformedPart(text) : TextRule.findFault(text);
            if (fault.isPresent()) {
                throw new UnusableTextException(parser, fault.get());
            }
            return verbatim ? text : TextRule.normalize(text);
        }
    }

    private static final class UuidDeserializer extends StdScalarDeserializer<UUID> {

        UuidDeserializer() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            return textOf(parser).flatMap(Spelling::readUuid)
                    .orElseThrow(() -> MismatchedInputException.from(parser, UUID.class, "no UUID"));
        }
    }

    private static final class NameDeserializer extends StdScalarDeserializer<Object> {

        NameDeserializer(Class<?> type) {
            super(type);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws JacksonException {
            return textOf(parser).flatMap(name -> Spelling.readName(name, handledType()))
                    .orElseThrow(() -> MismatchedInputException.from(parser, handledType(), "no such name"));
        }
    }

    private static Optional<String> textOf(JsonParser parser) {
        return parser.hasToken(JsonToken.VALUE_STRING) ? Optional.of(parser.getString()) : Optional.empty();
    }
}
