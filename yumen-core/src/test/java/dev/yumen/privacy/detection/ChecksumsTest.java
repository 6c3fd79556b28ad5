package dev.yumen.privacy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Check digits against numbers that the standards and authorities publish. */
class ChecksumsTest {
  @Test
  void chinese_numbers_agree_with_the_examples_of_the_standards() {
    assertThat(Checksums.residentId("11010519491231002")).isEqualTo('X');
    assertThat(Checksums.residentId("44052418800101001")).isEqualTo('4');
    assertThat(Checksums.organisationCode("91350100M000100Y4")).isEqualTo('3');
    assertThat(Checksums.hongKongId("A123456")).isEqualTo('3');
    assertThat(Checksums.hongKongId("G123456")).isEqualTo('A');
    assertThat(Checksums.taiwanId("A123456789")).isTrue();
    assertThat(Checksums.taiwanId("A123456788")).isFalse();
  }

  @Test
  void cards_accounts_and_vehicles_agree_with_published_numbers() {
    assertThat(Checksums.luhn("7992739871")).isEqualTo('3');
    assertThat(Checksums.luhn("411111111111111")).isEqualTo('1');
    assertThat(Checksums.mod97("GB29NWBK60161331926819")).isEqualTo(1);
    assertThat(Checksums.mod97("DE89370400440532013000")).isEqualTo(1);
    assertThat(Checksums.mod97("DE88370400440532013000")).isNotEqualTo(1);
    assertThat(Checksums.vin("1M8GDM9AXKP042788")).isEqualTo('X');
    assertThat(Checksums.vin("11111111111111111")).isEqualTo('1');
  }

  @Test
  void national_numbers_agree_with_published_numbers() {
    assertThat(Checksums.nhs("943476591")).isEqualTo('9');
    assertThat(Checksums.germanTaxId("8609574271")).isEqualTo('9');
    assertThat(Checksums.nir("2550814168025")).isEqualTo(38);
    assertThat(Checksums.nif(12_345_678)).isEqualTo('Z');
    assertThat(Checksums.bsn("111222333")).isTrue();
    assertThat(Checksums.bsn("111222334")).isFalse();
    assertThat(Checksums.pesel("4405140135")).isEqualTo('9');
    assertThat(Checksums.verhoeff("236")).isEqualTo('3');
    assertThat(Checksums.verhoeff("12345")).isEqualTo('1');
    assertThat(Checksums.koreanRegistration("971013901990")).isEqualTo('2');
    assertThat(Checksums.singaporeId("S1234567")).isEqualTo('D');
    assertThat(Checksums.cpf("529982247")).isEqualTo("25");
    assertThat(Checksums.myNumber("12345678901")).isEqualTo('8');
    assertThat(Checksums.fiscalCode("RSSMRA85T10A562")).isEqualTo('S');
  }

  @Test
  void ethereum_addresses_agree_with_the_examples_of_eip_55() {
    var empty = Keccak.hash256(new byte[0]);

    assertThat(HexFormat.of().formatHex(empty))
        .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(Wallets.mixedCase("fb6916095ca1df60bb79ce92ce3ea74c37c5d359"))
        .isEqualTo("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    assertThat(HexFormat.of().formatHex(Keccak.hash256("abc".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  }
}
