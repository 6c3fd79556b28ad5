package dev.yumen.benchmarks.load;

import org.HdrHistogram.Histogram;

/** What callers saw in a window of time. On the loop only; durations are kept in microseconds. */
final class Tally {
  private static final long LONGEST = 60_000_000;

  private final Histogram answer = new Histogram(LONGEST, 3);
  private final Histogram firstByte = new Histogram(LONGEST, 3);
  private final Histogram delay = new Histogram(LONGEST, 3);
  private long answers;
  private long events;
  private long errors;

  void answered(int status, long nanos) {
    answers++;
    if (status != 200) {
      errors++;
    }
    answer.recordValue(micros(nanos));
  }

  void firstByte(long nanos) {
    firstByte.recordValue(micros(nanos));
  }

  void events(long number) {
    events += number;
  }

  void delayed(long nanos) {
    delay.recordValue(micros(nanos));
  }

  /** A connection was lost or refused. */
  void lost() {
    errors++;
  }

  void reset() {
    answer.reset();
    firstByte.reset();
    delay.reset();
    answers = 0;
    events = 0;
    errors = 0;
  }

  /** A copy that no longer changes. */
  Seen seen() {
    return new Seen(
        answers, events, errors, Spread.of(answer), Spread.of(firstByte), Spread.of(delay));
  }

  private static long micros(long nanos) {
    return Math.clamp(nanos / 1000, 0, LONGEST);
  }

  /** What was seen; durations in microseconds. */
  record Seen(
      long answers, long events, long errors, Spread answer, Spread firstByte, Spread delay) {}

  /** A distribution in microseconds. */
  record Spread(long count, long p50, long p99, long max) {
    static final Spread NONE = new Spread(0, 0, 0, 0);

    static Spread of(Histogram histogram) {
      return new Spread(
          histogram.getTotalCount(),
          histogram.getValueAtPercentile(50),
          histogram.getValueAtPercentile(99),
          histogram.getMaxValue());
    }
  }
}
