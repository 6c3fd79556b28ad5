/**
 * The nouns that travel between the stages. Several are proofs: only the stage that earns one may
 * construct it, so a wrong order of stages does not compile.
 */
@NullMarked
package dev.yumen.exchange;

import org.jspecify.annotations.NullMarked;
