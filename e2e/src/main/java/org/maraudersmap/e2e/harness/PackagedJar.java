package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The packaged product (system property {@code product.jar}), taken apart once with Spring Boot's own tool, as its
 * documentation advises for production: unpacking nested jars and loading classes would be most of the time of a start,
 * and tests start it dozens of times. What runs is what was packaged.
 */
final class PackagedJar {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path DIRECTORY = Path.of("target", "products", "application").toAbsolutePath();

    private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa");

    private PackagedJar() {}

    private static final class Extraction {
        static final Path THIN_JAR = extractUnlessDone();
    }

    /** How it is started: with the classes that the first start has left in an archive, which nobody writes again. */
    static List<String> command() {
        var jar = Extraction.THIN_JAR.toString();
        var command = new ArrayList<>(javaWithFlags());
        command.addAll(List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:disable", "-jar", jar));
        return command;
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
                archiveClassesOfFirstStart(DIRECTORY.resolve(jar.getFileName()));
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

    /** A start that ends by itself before anything is served. */
    private static void archiveClassesOfFirstStart(Path jar) throws IOException {
        var command = new ArrayList<>(javaWithFlags());
        command.addAll(
                List.of(
                        "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                        "-Xlog:disable",
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        jar.toString()));
        var start = new ProcessBuilder(command);
        start.environment().put("DATA_DIR", DIRECTORY.resolve("data").toString());
        start.environment().put("PORT", "0");
        run(start);
        // Ending that early it leaves its database behind.
        Product.stopDatabaseIn(DIRECTORY);
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
