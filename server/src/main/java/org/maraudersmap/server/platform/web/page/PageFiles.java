package org.maraudersmap.server.platform.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Component;

/**
 * The files that the build of {@code web/} has put on the class path, all in memory (about a megabyte); none if the
 * server runs without that module.
 */
@Component
final class PageFiles {
    private static final String FOLDER = "page/";
    private static final Map<String, String> ENCODINGS = Map.of(".br", "br", ".gz", "gzip");

    private final Map<String, PageFile> files = new HashMap<>();

    PageFiles() {
        var contents = readAllFilesOnClassPath();
        contents.forEach((path, content) -> {
            if (ENCODINGS.keySet().stream().noneMatch(path::endsWith)) {
                files.put(path, fileOf(path, contents));
            }
        });
    }

    /** The file at a path such as {@code /assets/index-abc.js}. */
    Optional<PageFile> findFileAtPath(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static Map<String, byte[]> readAllFilesOnClassPath() {
        var contents = new HashMap<String, byte[]>();
        try {
            for (var resource : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + FOLDER + "**/*.*")) {
                contents.put(pathOf(resource), resource.getContentAsByteArray());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return contents;
    }

    private static String pathOf(Resource resource) throws IOException {
        var address = resource.getURL().toString();
        return address.substring(address.lastIndexOf("/" + FOLDER) + FOLDER.length());
    }

    private static PageFile fileOf(String path, Map<String, byte[]> contents) {
        var content = contents.getOrDefault(path, new byte[0]);
        var bodies = new ArrayList<PageFile.Body>();
        bodies.add(new PageFile.Body(Optional.empty(), ByteBuffer.wrap(content)));
        ENCODINGS.forEach((ending, encoding) -> {
            var encoded = contents.get(path + ending);
            if (encoded != null) {
                bodies.add(new PageFile.Body(Optional.of(encoding), ByteBuffer.wrap(encoded)));
            }
        });
        var type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return new PageFile(type, hashOf(content), bodies);
    }

    private static String hashOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
