package org.maraudersmap.server.platform.web;

import java.beans.PropertyEditorSupport;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.Spelling;
import org.maraudersmap.server.platform.input.TextRule;
import org.springframework.beans.PropertyEditorRegistry;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;
import org.springframework.core.convert.converter.ConverterRegistry;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * How the parameters of paths and queries are read, in the place of Spring's converters, which also take {@code 0x1},
 * {@code " 1"} and {@code yes}: numbers as JSON writes them, ids and names in the one spelling that they have, texts by
 * the {@link TextRule}, and nothing twice but the elements of a list.
 */
final class StrictParameters {
    private StrictParameters() {}

    /** Something that cannot be used; the message follows "must be". */
    static final class UnusableValueException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnusableValueException(String allowed) {
            super(allowed);
        }
    }

    /** Makes a registry read so from now on. */
    static void register(ConverterRegistry registry, ConversionService elements) {
        registry.addConverter(String.class, String.class, StrictParameters::readText);
        registry.addConverter(String.class, Long.class, text -> readNumber(text, Long.class));
        registry.addConverter(String.class, Integer.class, StrictParameters::readInt);
        registry.addConverter(String.class, UUID.class, StrictParameters::readUuid);
        registry.addConverter(String.class, Boolean.class, StrictParameters::readBoolean);
        registry.addConverter(new Names());
        registry.addConverter(new Elements(elements));
        registry.addConverter(new OnlyOne(elements));
    }

    /** Spring asks converters first, and where they refuse its own property editors, which take nearly anything. */
    static void registerEditors(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(long.class, new Editor(text -> readNumber(text, Long.class)));
        registry.registerCustomEditor(int.class, new Editor(StrictParameters::readInt));
        registry.registerCustomEditor(boolean.class, new Editor(StrictParameters::readBoolean));
        registry.registerCustomEditor(UUID.class, new Editor(StrictParameters::readUuid));
    }

    private static final class Editor extends PropertyEditorSupport {
        private final Function<String, Object> reader;

        Editor(Function<String, Object> reader) {
            this.reader = reader;
        }

        @Override
        public void setAsText(String text) {
            setValue(reader.apply(text));
        }
    }

    private static String readText(String text) {
        TextRule.findFault(text).ifPresent(fault -> {
            throw new UnusableValueException("a text that " + fault.replaceFirst("^must not contain", "is without"));
        });
        return TextRule.normalize(text);
    }

    private static long readNumber(String text, Class<?> type) {
        return Spelling.readWholeNumber(text).orElseThrow(() -> unusable(type));
    }

    private static int readInt(String text) {
        var number = readNumber(text, Integer.class);
        if (number != (int) number) {
            throw unusable(Integer.class);
        }
        return (int) number;
    }

    private static UUID readUuid(String text) {
        return Spelling.readUuid(text).orElseThrow(() -> unusable(UUID.class));
    }

    private static boolean readBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unusable(Boolean.class);
        };
    }

    private static UnusableValueException unusable(Class<?> type) {
        return new UnusableValueException(Spelling.describeType(type));
    }

    /** Constants of an enum. */
    private static final class Names implements ConditionalGenericConverter {

        @Override
        public Set<GenericConverter.ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(String.class, Enum.class));
        }

        @Override
        public boolean matches(TypeDescriptor source, TypeDescriptor target) {
            return target.getType().isEnum();
        }

        @Override
        public Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor target) {
            return Spelling.readName(String.valueOf(source), target.getType())
                    .orElseThrow(() -> unusable(target.getType()));
        }
    }

    /** A list in one parameter, with commas between; none of its elements is blank. */
    private record Elements(ConversionService elements) implements GenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(new ConvertiblePair(String.class, Collection.class));
        }

        @Override
        public Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor target) {
            var element = target.getElementTypeDescriptor();
            return Arrays.stream(String.valueOf(source).split(",", -1))
                    .map(each -> element == null ? each : elements.convert(requireText(each), sourceType, element))
                    .toList();
        }

        private static String requireText(String element) {
            if (element.isBlank()) {
                throw new UnusableValueException("a list without blank elements");
            }
            return element;
        }
    }

    /** What may be there once and came several times: it is not clear which one counts. */
    private record OnlyOne(ConversionService values) implements ConditionalGenericConverter {

        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(
                    new ConvertiblePair(Collection.class, Object.class),
                    new ConvertiblePair(Collection.class, String.class));
        }

        @Override
        public boolean matches(TypeDescriptor source, TypeDescriptor target) {
            return target.hasAnnotation(RequestParam.class) && !target.isCollection();
        }

        @Override
        public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor target) {
            if (!(source instanceof Collection<?> given) || given.size() != 1) {
                throw new UnusableValueException("given once");
            }
            return values.convert(given.iterator().next(), target);
        }
    }
}
