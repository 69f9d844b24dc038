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
 * Who needs no data need not wait for the first start.
 */
final class PackagedJar {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path DIRECTORY = Path.of("target", "products", "application").toAbsolutePath();

    private static final Path CACHE = DIRECTORY.resolve("classes.aot");
    private static final Path DATA = DIRECTORY.resolve("data");

    private PackagedJar() {}

    private static final class Extraction {
        static final Path THIN_JAR = extractUnlessDone();
    }

    private static final class FirstStart {
        static final Path DATA_OF_IT = startUnlessDone(Extraction.THIN_JAR);
    }

    /** How it is started: with the cache that the first start leaves behind, once that is there. */
    static List<String> command() {
        return commandWith("-XX:AOTCache=" + CACHE, Extraction.THIN_JAR);
    }

    private static List<String> commandWith(String cache, Path jar) {
        var command = new ArrayList<>(javaWithFlags());
        command.addAll(List.of(cache, "-Xlog:disable", "-jar", jar.toString()));
        return command;
    }

    /** Lays out the data of a product that has been started once, without what is secret or a node's own. */
    static void copyDataTo(Path directory) throws IOException {
        var data = FirstStart.DATA_OF_IT;
        Files.createDirectories(directory);
        Files.createSymbolicLink(directory.resolve("postgresql-binaries"), data.resolve("postgresql-binaries"));
        var database = data.resolve("postgresql");
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
            var origin = jar.getFileName() + " " + hash(jar);
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(origin)) {
                Product.deleteRecursively(DIRECTORY);
                extract(jar);
                Files.writeString(stamp, origin);
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

    /** Returns once the data are there; the cache, which takes as long again, is made meanwhile. */
    private static Path startUnlessDone(Path jar) {
        if (!Files.exists(CACHE)) {
            // An interrupted run may have left its server behind.
            Product.stopDatabaseIn(DIRECTORY);
            Product.deleteRecursively(DATA);
            var unfinished = DIRECTORY.resolve("unfinished.aot");
            var product = Product
                    .ofCommand(commandWith("-XX:AOTCacheOutput=" + unfinished, jar), DIRECTORY, Map.of())
                    .start();
            product.terminate();
            product.awaitEndOfDatabase();
            Thread.ofPlatform().name("cache-of-first-start").daemon().start(() -> keepCache(product, unfinished));
        }
        return DATA;
    }

    private static void keepCache(Product product, Path unfinished) {
        product.close();
        try {
            Files.move(unfinished, CACHE, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException none) {
            System.err.println("no cache, so every start takes longer: " + none);
        }
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
