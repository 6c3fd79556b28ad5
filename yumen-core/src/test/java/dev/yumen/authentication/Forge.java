package dev.yumen.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens, good and bad, with nothing but the JDK: header and claims are given as text, so
 * that what no library would write can be written.
 */
final class Forge {
  /** Signs bytes. */
  interface Signer {
    byte[] sign(byte[] bytes) throws GeneralSecurityException;
  }

  private Forge() {}

  static String token(String header, String claims, Signer signer) {
    var signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    try {
      return signed + "." + base64(signer.sign(signed.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Signer hmac(String algorithm, byte[] secret) {
    return bytes -> {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return mac.doFinal(bytes);
    };
  }

  static Signer hs256(String secret) {
    return hmac("HmacSHA256", secret.getBytes(UTF_8));
  }

  static Signer rs256(KeyPair pair) {
    return signature("SHA256withRSA", pair);
  }

  static Signer ps256(KeyPair pair) {
    return bytes -> {
      var signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    };
  }

  static Signer es256(KeyPair pair) {
    return signature("SHA256withECDSAinP1363Format", pair);
  }

  static Signer ed25519(KeyPair pair) {
    return signature("Ed25519", pair);
  }

  static Signer signature(String name, KeyPair pair) {
    return bytes -> {
      var signature = Signature.getInstance(name);
      signature.initSign(pair.getPrivate());
      signature.update(bytes);
      return signature.sign();
    };
  }

  static KeyPair rsa(int bits) {
    return generate("RSA", generator -> generator.initialize(bits));
  }

  static KeyPair ec(String curve) {
    return generate("EC", generator -> generator.initialize(new ECGenParameterSpec(curve)));
  }

  static KeyPair ed25519() {
    return generate("Ed25519", _ -> {});
  }

  static RSAKey.Builder rsaJwk(KeyPair pair) {
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic());
  }

  static ECKey.Builder ecJwk(Curve curve, KeyPair pair) {
    return new ECKey.Builder(curve, (ECPublicKey) pair.getPublic());
  }

  static OctetKeyPair.Builder ed25519Jwk(KeyPair pair) {
    var encoded = pair.getPublic().getEncoded();
    var x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x));
  }

  static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private interface Initialization {
    void of(KeyPairGenerator generator) throws GeneralSecurityException;
  }

  private static KeyPair generate(String algorithm, Initialization initialization) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      initialization.of(generator);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
