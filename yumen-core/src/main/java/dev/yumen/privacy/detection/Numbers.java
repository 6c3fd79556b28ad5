package dev.yumen.privacy.detection;

/**
 * Runs of digits: reads the groups once and lets every rule for numbers look at every extent of the
 * right length. A group starts at most as many extents as the longest number has digits.
 */
final class Numbers {
  private static final int SHORTEST_NUMBER = 7;
  private static final int LONGEST_NUMBER = 19;

  private final Scan scan;
  private final DigitGroups groups;
  private final ChineseNumbers chinese;
  private final Telephones telephones;
  private final PaymentCards cards;
  private final ForeignNumbers foreign;
  private final NetworkAddresses network;
  private final Coordinates coordinates;

  Numbers(Scan scan) {
    this.scan = scan;
    groups = new DigitGroups(scan);
    chinese = new ChineseNumbers(scan, groups);
    telephones = new Telephones(scan, groups);
    cards = new PaymentCards(scan, groups);
    foreign = new ForeignNumbers(scan, groups);
    network = new NetworkAddresses(scan);
    coordinates = new Coordinates(scan);
  }

  void search() {
    var digits = scan.marks().digits();
    var identifiers = new Identifiers(scan);
    int groupsEnd = 0;
    for (int i = 0; i < digits.size(); i++) {
      int position = digits.get(i);
      identifiers.at(position);
      network.at(position);
      if (position < groupsEnd) {
        continue;
      }
      groupsEnd = groups.read(position);
      if (position >= network.end()) {
        coordinates.at(position);
        if (groups.total(0, groups.count() - 1) >= SHORTEST_NUMBER) {
          extents();
        }
      }
    }
  }

  private void extents() {
    for (int first = 0; first < groups.count(); first++) {
      if (!groups.beginsAt(first)) {
        telephones.international(first);
        continue;
      }
      telephones.international(first);
      for (int last = first; last < groups.count(); last++) {
        int total = groups.total(first, last);
        if (total > LONGEST_NUMBER) {
          break;
        }
        chinese.extent(first, last, total);
        if (groups.endsAt(last)) {
          telephones.extent(first, last, total);
          cards.extent(first, last, total);
          foreign.extent(first, last, total);
        }
      }
    }
  }
}
