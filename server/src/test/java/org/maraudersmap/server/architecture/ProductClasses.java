package org.maraudersmap.server.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The classes of the product: server and libraries, without tests. Read once. */
final class ProductClasses {
    static final String SERVER = "org.maraudersmap.server";
    static final String SOCKETIO = "org.maraudersmap.socketio";
    static final String EVENTLOG = "org.maraudersmap.eventlog";

    private static final JavaClasses ALL = new ClassFileImporter().withImportOption(new WithoutTests())
            .importPackages(SERVER, SOCKETIO, EVENTLOG);

    private ProductClasses() {}

    static JavaClasses all() {
        return ALL;
    }

    /** Those of a fixture, and nothing else. */
    static JavaClasses fixture(String name) {
        return new ClassFileImporter().importPackages("org.maraudersmap.fixtures." + name);
    }

    /** Also without the tests of other modules, which come as a jar once they are packaged. */
    private static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-tests.jar");
        }
    }
}
