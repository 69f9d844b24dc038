/** The only package with reactive types: filters around the routes. */
@NamedInterface
@NullMarked
package org.maraudersmap.server.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
