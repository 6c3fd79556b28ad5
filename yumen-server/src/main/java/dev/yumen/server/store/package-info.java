/** What must survive a restart. */
@NullMarked
package dev.yumen.server.store;

import org.jspecify.annotations.NullMarked;
