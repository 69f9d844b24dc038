/** What is said about an incident, and who is mentioned in it. */
@ApplicationModule
@NullMarked
package org.maraudersmap.server.comments;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
