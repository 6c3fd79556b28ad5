package dev.yumen.privacy.detection;

import java.util.List;

/**
 * Finds personal data and secrets in one text.
 *
 * <p>An implementation is a pure function of the text, so that the same text always gives the same
 * findings; it is thread-safe and takes time linear in the text.
 */
@FunctionalInterface
public interface Detector {

  /**
   * Searches the text.
   *
   * @param text any text, also none; lone surrogates are allowed
   * @return what was found, in the order of the text, no two overlapping
   */
  List<Finding> detect(String text);
}
