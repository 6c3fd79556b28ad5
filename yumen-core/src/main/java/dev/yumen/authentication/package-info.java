/** Who is asking? Keys and tokens become a {@link dev.yumen.exchange.Caller}. */
@NullMarked
package dev.yumen.authentication;

import org.jspecify.annotations.NullMarked;
