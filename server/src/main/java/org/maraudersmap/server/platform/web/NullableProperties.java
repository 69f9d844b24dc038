package org.maraudersmap.server.platform.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maraudersmap.server.platform.input.Text;

/**
 * Describes of our records what the code says of them: a component that is {@link Nullable} may be null, every other
 * one is always there.
 */
final class NullableProperties implements ModelConverter {
    /** As ECMA-262 reads it, which JSON Schema refers to. */
    private static final String WITHOUT_CONTROL_CHARACTERS = "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]*$";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        if (!others.hasNext()) {
            return null;
        }
        var schema = others.next().resolve(type, context, others);
        if (schema != null && type.getCtxAnnotations() != null) {
            Arrays.stream(type.getCtxAnnotations())
                    .filter(Text.class::isInstance)
                    .forEach(text -> describe(schema, (Text) text));
        }
        var described = Json31.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && described.isRecord() && described.getPackageName().startsWith("org.maraudersmap")) {
            modelOf(schema, context).ifPresent(model -> {
                for (var component : described.getRecordComponents()) {
                    describe(model, component);
                }
            });
        }
        return schema;
    }

    /** Lengths are said in characters by both. */
    private static void describe(Schema<?> schema, Text text) {
        var shortest = Math.max(text.shortest(), text.visible() ? 1 : 0);
        if (shortest > 0) {
            schema.setMinLength(shortest);
        }
        if (text.longest() < Integer.MAX_VALUE) {
            schema.setMaxLength(text.longest());
        }
        if (schema.getPattern() == null) {
            schema.setPattern(text.verbatim() ? null : WITHOUT_CONTROL_CHARACTERS);
        }
    }

    /** What a reference refers to. */
    private static Optional<Schema<?>> modelOf(Schema<?> schema, ModelConverterContext context) {
        return schema.get$ref() == null
                ? Optional.of(schema)
                : Optional.ofNullable(context.getDefinedModels().get(schema.get$ref().replaceAll(".*/", "")));
    }

    private static void describe(Schema<?> model, RecordComponent component) {
        var name = Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                .map(JsonProperty::value)
                .filter(given -> !given.isEmpty())
                .orElse(component.getName());
        var property = model.getProperties() == null ? null : model.getProperties().get(name);
        if (property == null) {
            return;
        }
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) || isRefusedAsNull(component)) {
            if (model.getRequired() == null || !model.getRequired().contains(name)) {
                model.addRequiredItem(name);
            }
        } else if (property.get$ref() != null || property.getEnum() != null) {
            model.getProperties()
                    .put(name, new Schema<>().anyOf(List.of(property, new Schema<>().types(Set.of("null")))));
        } else if (property.getTypes() != null) {
            property.addType("null");
        }
    }

    /** Null only until it has been checked. */
    private static boolean isRefusedAsNull(RecordComponent component) {
        var accessor = component.getAccessor();
        var described = accessor.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return accessor.isAnnotationPresent(NotNull.class)
                || accessor.isAnnotationPresent(NotBlank.class)
                || (described != null && described.requiredMode() == RequiredMode.REQUIRED);
    }
}
