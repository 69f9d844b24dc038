/**
 * What every event log and every event recorder must do, whatever it is built on: extend a suite, say how to get one,
 * and its tests run. This package is published as a test-jar.
 */
@NullMarked
package org.maraudersmap.eventlog.contract;

import org.jspecify.annotations.NullMarked;
