/** Where may it go? */
@NullMarked
package dev.yumen.routing;

import org.jspecify.annotations.NullMarked;
