package org.maraudersmap.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The packaged product (system property {@code product.jar}), taken apart once with Spring Boot's own tool, as its
 * documentation advises for production: unpacking nested jars and loading classes would be most of the time of a start,
 * and tests start it dozens of times. What runs is what was packaged.
 */
final class PackagedJar {
    static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path DIRECTORY = Path.of("target", "products", "application").toAbsolutePath();

    private PackagedJar() {}

    private static final class Extraction {
        static final Path THIN_JAR = extractUnlessDone();
    }

    /** How it is started; the first one that is stopped leaves its loaded classes to the later ones. */
    static List<String> command() {
        var jar = Extraction.THIN_JAR.toString();
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + DIRECTORY.resolve("classes.jsa"),
                "-Xlog:disable",
                "-jar",
                jar);
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
                Files.writeString(stamp, hash);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return DIRECTORY.resolve(jar.getFileName());
    }

    private static void extract(Path jar) throws IOException {
        var tool = new ProcessBuilder(
                JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", DIRECTORY.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (tool.waitFor() != 0) {
                throw new IllegalStateException("the jar was not extracted: " + said);
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
