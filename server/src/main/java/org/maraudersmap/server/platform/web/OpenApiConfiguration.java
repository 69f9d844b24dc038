package org.maraudersmap.server.platform.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
import org.maraudersmap.server.platform.Actor;
import org.maraudersmap.server.platform.Caller;
import org.maraudersmap.server.platform.ClientAddress;
import org.maraudersmap.server.platform.OpenRoute;
import org.maraudersmap.server.platform.problem.ProblemCode;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The description of the REST API is generated from the controllers; this adds what holds for all of them. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String ACCESS_TOKEN = "accessToken";
    private static final String PROBLEM = "Problem";
    private static final String REFERENCE = "#/components/schemas/" + PROBLEM;

    OpenApiConfiguration() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Actor.class, Caller.class, ClientAddress.class)
                // Any JSON, and not the methods of the class that holds it.
                .replaceWithClass(JsonNode.class, Object.class);
    }

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        var version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        return new OpenAPI()
                .info(
                        new Info().title("The Marauder's Map")
                                .version(version)
                                .description("Report incidents on a shared map; everyone sees them at once.")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("this server")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        ACCESS_TOKEN,
                                        new SecurityScheme().type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .bearerFormat("JWT"))
                                .addSchemas(PROBLEM, problemSchema()));
    }

    private static Schema<?> problemSchema() {
        var fieldError = new ObjectSchema().addProperty("field", new StringSchema())
                .addProperty("message", new StringSchema());
        return new ObjectSchema().description("A refusal (RFC 9457).")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("code",
                        new StringSchema()._enum(Arrays.stream(ProblemCode.values()).map(Enum::name).toList()))
                .addProperty("errors", new ArraySchema().items(fieldError));
    }

    @Bean
    NullableProperties nullableProperties() {
        return new NullableProperties();
    }

    /** Which routes need a token, and that every refusal is a problem. */
    @Bean
    OperationCustomizer tokenAndRefusals() {
        return (operation, route) -> {
            if (route.getBeanType().getPackageName().startsWith("org.maraudersmap")
                    && !route.hasMethodAnnotation(OpenRoute.class)) {
                operation.addSecurityItem(new SecurityRequirement().addList(ACCESS_TOKEN));
            }
            addRefusal(operation);
            return operation;
        };
    }

    private static void addRefusal(Operation operation) {
        operation.getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse().description("A refusal")
                                .content(
                                        new Content().addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                new MediaType().schema(new Schema<>().$ref(REFERENCE)))));
    }

    /** The answers are JSON, not "anything". */
    @Bean
    OpenApiCustomizer answersAreJson() {
        return api -> api.getPaths()
                .values()
                .stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .map(ApiResponse::getContent)
                .filter(content -> content != null && content.containsKey("*/*"))
                .forEach(content -> content.addMediaType(
                        org.springframework.http.MediaType.APPLICATION_JSON_VALUE, content.remove("*/*")));
    }
}
