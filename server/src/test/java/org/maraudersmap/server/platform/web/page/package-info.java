/** What browsers get. */
@NullMarked
package org.maraudersmap.server.platform.web.page;

import org.jspecify.annotations.NullMarked;
