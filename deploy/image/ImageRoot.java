import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * Makes what the container image needs beside the application: a Java runtime of the modules that it uses, in
 * {@code opt/java}, and the C library of this machine. Run by the build with {@code -Pimage}; its argument is the
 * directory, which it empties.
 */
final class ImageRoot {
    private static final String MODULES = String.join(
            ",",
            "java.base",
            "java.desktop", // java.beans, which Spring uses
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.rmi",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.xml",
            "jdk.crypto.cryptoki",
            "jdk.jcmd",
            "jdk.jfr",
            "jdk.management",
            "jdk.management.agent",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");
    /** Two forms: {@code libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)} and {@code /lib64/ld-linux-x86-64.so.2 (0x…)}. */
    private static final Pattern LIBRARY = Pattern.compile("(?:=>)?\\s*(/\\S+) \\(0x");

    private ImageRoot() {}

    static void main(String[] arguments) throws IOException {
        var root = Path.of(arguments[0]);
        delete(root);
        var runtime = root.resolve("opt/java");
        link(runtime);
        for (var library : librariesNeededBy(runtime)) {
            copy(library, root);
        }
        Files.createDirectories(root.resolve("tmp"));
    }

    private static void link(Path runtime) throws IOException {
        Files.createDirectories(runtime.getParent());
        var status = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString());
        if (status != 0) {
            throw new IllegalStateException("jlink failed with " + status);
        }
    }

    /** What the runtime's programs and libraries are linked to, outside of it; Netty's and PostgreSQL's need no others. */
    private static Set<Path> librariesNeededBy(Path runtime) throws IOException {
        var needed = new TreeSet<Path>();
        try (var files = Files.walk(runtime)) {
            for (var file : files.filter(ImageRoot::isLoaded).toList()) {
                LIBRARY.matcher(outputOf("ldd", file.toString()))
                        .results()
                        .map(library -> Path.of(library.group(1)))
                        .filter(library -> !library.startsWith(runtime.toAbsolutePath()))
                        .filter(library -> !isOfTheDesktop(library))
                        .forEach(needed::add);
            }
        }
        return needed;
    }

    private static boolean isLoaded(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && (name.endsWith(".so") || file.getParent().endsWith("bin"))
                && !Set.of("libawt_xawt.so", "libsplashscreen.so", "libjawt.so", "libjsound.so").contains(name);
    }

    /** The application draws nothing. */
    private static boolean isOfTheDesktop(Path library) {
        return library.getFileName().toString().matches("lib(X|xcb|asound|freetype|png|brotli).*");
    }

    private static String outputOf(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    /** To the same place, where the dynamic loader looks for it, and not as the link that it may be. */
    private static void copy(Path library, Path root) throws IOException {
        var target = root.resolve(library.toString().replaceFirst("^/", ""));
        Files.createDirectories(target.getParent());
        Files.copy(library.toRealPath(), target);
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
