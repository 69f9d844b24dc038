/** Hands the web page out: its files, and the page itself for every address of its own. */
@NullMarked
package org.maraudersmap.server.platform.web.page;

import org.jspecify.annotations.NullMarked;
