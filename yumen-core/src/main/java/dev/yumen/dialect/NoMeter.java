package dev.yumen.dialect;

import dev.yumen.exchange.Meter;
import dev.yumen.exchange.Usage;
import org.jspecify.annotations.Nullable;

/** For answers that are not read. */
final class NoMeter implements Meter {
  @Override
  public void event(byte[] bytes, int from, int to) {}

  @Override
  public void body(byte[] bytes) {}

  @Override
  public boolean finished() {
    return true;
  }

  @Override
  public boolean failed() {
    return false;
  }

  @Override
  public Usage usage() {
    return Usage.NONE;
  }

  @Override
  public @Nullable String model() {
    return null;
  }
}
