/**
 * Finds personal data and secrets in text: Chinese, English and both mixed. Pure functions of the
 * text, with no file, no socket and no clock; every detector is immutable and thread-safe, and
 * takes time linear in the text whatever the text is.
 *
 * <p>{@link dev.yumen.privacy.detection.Detector} is the one question; {@link
 * dev.yumen.privacy.detection.StructuredDetector} answers it for everything that has a form, {@link
 * dev.yumen.privacy.detection.PatternDetector} and {@link
 * dev.yumen.privacy.detection.DictionaryDetector} for what an organisation adds.
 */
@NullMarked
package dev.yumen.privacy.detection;

import org.jspecify.annotations.NullMarked;
