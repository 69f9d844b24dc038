package org.maraudersmap.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code deploy/compose.yaml}, as far as it concerns settings. */
final class DeployedSettings {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?:(:-|:\\?)([^}]*))?}");

    private final String text;
    private final JsonNode services;

    private DeployedSettings(String text) {
        this.text = text;
        this.services = new JsonMapper().valueToTree(new Yaml().load(text)).path("services");
    }

    static DeployedSettings read() {
        try {
            return new DeployedSettings(Files.readString(Path.of("..", "deploy", "compose.yaml")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every variable that {@code .env} may or must hold for it. */
    Set<String> variables() {
        var names = new TreeSet<String>();
        VARIABLE.matcher(text).results().forEach(variable -> names.add(variable.group(1)));
        return names;
    }

    /** What a service is started with, where {@code .env} says this. */
    Map<String, String> environmentOf(String service, Map<String, String> env) {
        var environment = new TreeMap<String, String>();
        services.path(service)
                .path("environment")
                .properties()
                .forEach(variable -> environment.put(variable.getKey(), fillIn(variable.getValue().asString(), env)));
        return environment;
    }

    private static String fillIn(String value, Map<String, String> env) {
        return VARIABLE.matcher(value)
                .replaceAll(
                        variable -> env.getOrDefault(
                                variable.group(1), ":-".equals(variable.group(2)) ? variable.group(3) : ""));
    }

    /** The words of a service's health check. */
    List<String> healthCheckOf(String service) {
        return services.path(service).at("/healthcheck/test").valueStream().map(JsonNode::asString).toList();
    }
}
