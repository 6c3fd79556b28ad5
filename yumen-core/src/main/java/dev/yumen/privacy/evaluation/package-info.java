/**
 * Measures detectors: a generator of synthetic labelled texts, a documented form for corpora of
 * others, and scores with confidence intervals. {@code docs/reference/evaluation.md} describes
 * both.
 */
@NullMarked
package dev.yumen.privacy.evaluation;

import org.jspecify.annotations.NullMarked;
