/** What is asked, and how is it answered in the caller's own shape? */
@NullMarked
package dev.yumen.dialect;

import org.jspecify.annotations.NullMarked;
