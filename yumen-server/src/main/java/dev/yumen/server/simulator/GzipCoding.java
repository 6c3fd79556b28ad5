package dev.yumen.server.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** The content coding gzip, flushed after each event as the provider does with streams. */
final class GzipCoding {
  private final ByteArrayOutputStream coded = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;

  GzipCoding() {
    try {
      gzip = new GZIPOutputStream(coded, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  byte[] code(byte[] plain) {
    try {
      gzip.write(plain);
      gzip.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return taken();
  }

  byte[] end() {
    try {
      gzip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return taken();
  }

  private byte[] taken() {
    byte[] bytes = coded.toByteArray();
    coded.reset();
    return bytes;
  }
}
