/** The data door: the only package, with {@code server.upstream}, that knows the HTTP library. */
@NullMarked
package dev.yumen.server.http;

import org.jspecify.annotations.NullMarked;
