package dev.yumen.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of processes and cores under {@code /proc} (proc(5)). */
final class Machine {
  /** Clock ticks a second in {@code /proc}: 100 on every architecture Linux shows to programs. */
  private static final long TICK_MICROS = 10_000;

  private Machine() {}

  /** CPU time a process has used, user and system, in microseconds. */
  static long cpuMicros(long pid) {
    String stat = read("/proc/" + pid + "/stat");
    // The name in parentheses may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
  }

  /** Time a core was not idle, in microseconds. */
  static long busyMicros(int core) {
    for (String line : read("/proc/stat").split("\n", -1)) {
      if (line.startsWith("cpu" + core + " ")) {
        String[] fields = line.split(" ", -1);
        long ticks = 0;
        for (int i = 1; i <= 8; i++) {
          ticks += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * TICK_MICROS;
      }
    }
    throw new IllegalStateException("no core " + core);
  }

  /** Proportional set size of a process, in KiB: its own pages and its part of shared ones. */
  static long pssKib(long pid) {
    return memory("/proc/" + pid + "/smaps_rollup", "Pss:");
  }

  /** Resident set size of a process, in KiB. */
  static long rssKib(long pid) {
    return memory("/proc/" + pid + "/status", "VmRSS:");
  }

  /** What the processor calls itself. */
  static String processor() {
    return read("/proc/cpuinfo")
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 2))
        .findFirst()
        .orElse("unknown processor");
  }

  /** Cores, processor, memory and kernel in one line. */
  static String described() {
    long cores = read("/proc/cpuinfo").lines().filter(line -> line.startsWith("processor")).count();
    long gib = memory("/proc/meminfo", "MemTotal:") >> 20;
    return cores
        + " cores of "
        + processor()
        + ", "
        + gib
        + " GiB, Linux "
        + System.getProperty("os.version")
        + ", Java "
        + Runtime.version();
  }

  private static long memory(String file, String field) {
    for (String line : read(file).split("\n", -1)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IllegalStateException(file + " has no " + field);
  }

  private static String read(String file) {
    try {
      return String.join("\n", lines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(Path.of(file));
  }
}
