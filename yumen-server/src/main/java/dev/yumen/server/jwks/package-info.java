/** The door to the issuers of tokens. */
@NullMarked
package dev.yumen.server.jwks;

import org.jspecify.annotations.NullMarked;
