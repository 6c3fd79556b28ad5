/**
 * Puts pseudonyms where personal data stood, and the data back where the pseudonyms return. Pure
 * functions over characters and bytes: no socket, no clock, no store.
 *
 * <p>On the way out {@link dev.yumen.privacy.PromptLeaves} finds the texts of a request, {@link
 * dev.yumen.privacy.Disguise} replaces what was found in them. On the way back {@link
 * dev.yumen.privacy.AnswerText} finds the texts of an answer and {@link
 * dev.yumen.privacy.Restoration} puts the originals back. {@code docs/concepts/pseudonyms.md} says
 * what is promised.
 */
@NullMarked
package dev.yumen.privacy;

import org.jspecify.annotations.NullMarked;
