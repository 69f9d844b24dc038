/** The web page in a real Chromium, several people side by side. */
@NullMarked
package org.maraudersmap.e2e.page;

import org.jspecify.annotations.NullMarked;
