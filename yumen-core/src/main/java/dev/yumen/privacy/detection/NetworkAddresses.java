package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.Scan.Check;
import java.util.Locale;

/**
 * IPv4, IPv6 (RFC 4291) and hardware addresses (IEEE 802). Loopback, unspecified and broadcast
 * addresses name nobody; private and documentation ranges (RFC 1918, 5737, 3849) need a word.
 */
final class NetworkAddresses {
  private static final int LONGEST_IPV6 = 45;
  private static final int SHARED = -25;

  private final Scan scan;
  private int end;
  private int tried;

  NetworkAddresses(Scan scan) {
    this.scan = scan;
  }

  /** Where the last address that was found ends. */
  int end() {
    return end;
  }

  /** Looks at a run of digits that begins at the position. */
  void at(int position) {
    if (position < end) {
      return;
    }
    int stop = position;
    while (stop - position < 5 && Chars.hex(scan.at(stop))) {
      stop++;
    }
    if (scan.at(stop) == '.') {
      ipv4(position);
    } else if (position >= tried && (joint(scan.at(stop)) || behindJoint(position))) {
      colons(position);
    }
  }

  private static boolean joint(char c) {
    return c == ':' || c == '-';
  }

  /** Tells whether the last part begins here or at most two hexadecimal letters before. */
  private boolean behindJoint(int position) {
    return joint(scan.at(position - 1))
        || (Chars.hex(scan.at(position - 1))
            && (joint(scan.at(position - 2))
                || (Chars.hex(scan.at(position - 2)) && joint(scan.at(position - 3)))));
  }

  private void ipv4(int start) {
    var parts = new int[4];
    int at = start;
    for (int i = 0; i < 4; i++) {
      int from = at;
      while (at - from < 4 && Chars.digit(scan.at(at))) {
        parts[i] = parts[i] * 10 + scan.at(at++) - '0';
      }
      boolean leadingZero = at - from > 1 && scan.at(from) == '0';
      if (at == from || at - from > 3 || parts[i] > 255 || leadingZero) {
        return;
      }
      if (i < 3 && scan.at(at++) != '.') {
        return;
      }
    }
    char before = scan.at(start - 1);
    char after = scan.at(at);
    boolean longer =
        (after == '.' && Chars.digit(scan.at(at + 1)))
            || (before == '.' && Chars.digit(scan.at(start - 2)));
    if (longer || Chars.alnum(after) || (Chars.letter(before) && !scan.marks().wordEndsAt(start))) {
      end = longer ? at : end;
      return;
    }
    end = at;
    boolean version =
        before == '-'
            || (before == '/' && Chars.letter(scan.at(start - 2)))
            || (parts[1] == 0 && parts[2] == 0 && parts[3] == 0)
            || after == '-'
            || (parts[0] < 32 && parts[1] < 32 && parts[2] < 32 && parts[3] < 32);
    if (parts[0] == 127 || parts[0] == 0 || parts[0] >= 224) {
      return;
    }
    // 1.x and 2.x are more often object identifiers and numbers of sections.
    boolean shared = shared(parts) || parts[0] <= 2;
    scan.propose(DataType.IP_ADDRESS, start, at, Check.NONE, shared ? SHARED : version ? -30 : 0);
  }

  private static boolean shared(int[] parts) {
    int first = parts[0] << 8 | parts[1];
    return parts[0] == 10
        || (first >= 0xac10 && first <= 0xac1f)
        || first == 0xc0a8
        || first == 0xa9fe
        || (parts[0] == 100 && parts[1] >= 64 && parts[1] < 128)
        || (first == 0xc000 && parts[2] == 2)
        || (first == 0xc633 && parts[2] == 100)
        || (first == 0xcb00 && parts[2] == 113);
  }

  /** IPv6 and hardware addresses around the position: hexadecimal digits with colons or hyphens. */
  private void colons(int position) {
    int start = position;
    while (start > 0 && position - start < LONGEST_IPV6 && part(scan.at(start - 1))) {
      start--;
    }
    int stop = position;
    while (stop - position < LONGEST_IPV6 && part(scan.at(stop))) {
      stop++;
    }
    while (stop > start
        && ((scan.at(stop - 1) == ':' && scan.at(stop - 2) != ':') || scan.at(stop - 1) == '-')) {
      stop--;
    }
    while (start < stop
        && (scan.at(start) == '-' || (scan.at(start) == ':' && scan.at(start + 1) != ':'))) {
      start++;
    }
    tried = Math.max(position + 1, stop);
    if (Chars.letter(scan.at(start - 1))
        || Chars.letter(scan.at(stop))
        || stop - start > LONGEST_IPV6) {
      return;
    }
    if (hardware(start, stop)) {
      return;
    }
    if (scan.at(stop) == '.') {
      return;
    }
    ipv6(start, stop);
  }

  private static boolean part(char c) {
    return Chars.hex(c) || c == ':' || c == '-';
  }

  private boolean hardware(int start, int stop) {
    if (stop - start != 17) {
      return false;
    }
    char separator = scan.at(start + 2);
    boolean digits = false;
    boolean zero = true;
    boolean ones = true;
    for (int i = 0; i < 17; i++) {
      char c = scan.at(start + i);
      if (i % 3 == 2 ? c != separator : !Chars.hex(c)) {
        return false;
      }
      digits |= Chars.digit(c);
      zero &= i % 3 == 2 || c == '0';
      ones &= i % 3 == 2 || Chars.lowered(c) == 'f';
    }
    if (!digits || zero || ones || (separator != ':' && separator != '-')) {
      return false;
    }
    end = stop;
    scan.propose(DataType.MAC_ADDRESS, start, stop, Check.NONE);
    return true;
  }

  private void ipv6(int start, int stop) {
    int groups = 0;
    int size = 0;
    boolean gap = false;
    int significant = 0;
    for (int i = start; i < stop; i++) {
      char c = scan.at(i);
      if (c == '-') {
        return;
      }
      if (c != ':') {
        size++;
        significant++;
        if (size == 1) {
          groups++;
        }
        if (size > 4) {
          return;
        }
        continue;
      }
      size = 0;
      if (scan.at(i + 1) == ':') {
        if (gap || scan.at(i + 2) == ':') {
          return;
        }
        gap = true;
      }
    }
    boolean whole = gap ? groups >= 2 && groups <= 7 : groups == 8;
    // Times and C++ names have few digits; an address of a host has a prefix and more.
    if (!whole || (gap && significant < 6)) {
      return;
    }
    end = stop;
    var text = scan.substring(start, Math.min(stop, start + 9)).toLowerCase(Locale.ROOT);
    boolean shared =
        text.startsWith("fe80")
            || text.startsWith("fd")
            || text.startsWith("fc")
            || text.startsWith("2001:db8");
    scan.propose(DataType.IP_ADDRESS, start, stop, Check.NONE, shared ? SHARED : 0);
  }
}
