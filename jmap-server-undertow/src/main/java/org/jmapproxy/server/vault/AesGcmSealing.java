package org.jmapproxy.server.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM: {@code enc1:} and the base64 of a 12-byte nonce, the cipher text and a 16-byte tag.
 * 64 hexadecimal characters are the key itself, anything else is a passphrase whose SHA-256 is the
 * key.
 */
final class AesGcmSealing {

  static final String PREFIX = "enc1:";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final String WRONG_KEY =
      "A stored password cannot be opened with this JMAP_SECRET_KEY; set the key it was sealed with, or give the account its password again.";

  private static final String DAMAGED =
      "A stored password is damaged; give the account its password again.";

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  AesGcmSealing(String keyOrPassphrase) {
    this.key = new SecretKeySpec(keyBytes(keyOrPassphrase), "AES");
  }

  String seal(String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
      return PREFIX + Base64.getEncoder().encodeToString(stored);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM must be available", e);
    }
  }

  String open(String sealed) {
    byte[] stored = decode(sealed.substring(PREFIX.length()));
    byte[] nonce = Arrays.copyOf(stored, NONCE_BYTES);
    try {
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, nonce)
              .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw new VaultException(WRONG_KEY);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM must be available", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    return cipher;
  }

  private static byte[] decode(String base64) {
    try {
      byte[] stored = Base64.getDecoder().decode(base64);
      if (stored.length >= NONCE_BYTES + TAG_BYTES) {
        return stored;
      }
      throw new VaultException(DAMAGED);
    } catch (IllegalArgumentException e) {
      throw new VaultException(DAMAGED);
    }
  }

  private static byte[] keyBytes(String keyOrPassphrase) {
    if (keyOrPassphrase.matches("[0-9a-fA-F]{64}")) {
      return HexFormat.of().parseHex(keyOrPassphrase);
    }
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(keyOrPassphrase.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 must be available", e);
    }
  }
}
