package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The packaged product (system property {@code product.jar}), taken apart once with Spring Boot's own tool, as its
 * documentation advises for production, and started once: unpacking nested jars, loading classes and making a database
 * would be most of the time of a start, and tests start it dozens of times. What runs is what was packaged.
 */
final class PackagedJar {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path DIRECTORY = Path.of("target", "products", "application").toAbsolutePath();

    private static final Path ARCHIVE = DIRECTORY.resolve("classes.aot");
    private static final Path DATA = DIRECTORY.resolve("data");

    private PackagedJar() {}

    private static final class Extraction {
        static final Path THIN_JAR = extractUnlessDone();
    }

    /** How it is started: with the classes that the first start has left in an archive, which nobody writes again. */
    static List<String> command() {
        var jar = Extraction.THIN_JAR.toString();
        var command = new ArrayList<>(javaWithFlags());
        command.addAll(List.of("-XX:AOTCache=" + ARCHIVE, "-Xlog:disable", "-jar", jar));
        return command;
    }

    /** Lays out the data of a product that has been started once, without what is secret or a node's own. */
    static void copyDataTo(Path directory) throws IOException {
        var _ = Extraction.THIN_JAR;
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("postgresql-binaries"), DATA.resolve("postgresql-binaries"));
        var database = DATA.resolve("postgresql");
        try (var files = Files.walk(database)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        directory.resolve("postgresql").resolve(database.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static List<String> javaWithFlags() {
        var command = new ArrayList<String>();
        command.add(JAVA);
        command.addAll(List.of(System.getProperty("product.flags", "").strip().split("\\s+")));
        command.removeIf(String::isEmpty);
        return command;
    }

    private static Path extractUnlessDone() {
        var jar = Path.of(System.getProperty("product.jar", ""));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("no packaged product at '" + jar + "' (system property product.jar)");
        }
        try {
            var stamp = DIRECTORY.resolve("stamp");
            var hash = hash(jar);
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(hash)) {
                Product.deleteRecursively(DIRECTORY);
                extract(jar);
                startOnce(DIRECTORY.resolve(jar.getFileName()));
                Files.writeString(stamp, hash);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return DIRECTORY.resolve(jar.getFileName());
    }

    private static void extract(Path jar) throws IOException {
        run(
                new ProcessBuilder(
                        JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        DIRECTORY.toString()));
    }

    private static void startOnce(Path jar) throws IOException {
        var command = new ArrayList<>(javaWithFlags());
        command.addAll(List.of("-XX:AOTCacheOutput=" + ARCHIVE, "-Xlog:disable", "-jar", jar.toString()));
        Product.ofCommand(command, DIRECTORY, Map.of()).start().close();
    }

    private static void run(ProcessBuilder builder) throws IOException {
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(builder.command() + " failed: " + said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Reproducible builds give every jar the same age. */
    private static String hash(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
