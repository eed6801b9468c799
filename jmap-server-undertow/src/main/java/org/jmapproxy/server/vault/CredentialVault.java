package org.jmapproxy.server.vault;

import java.util.Optional;

/**
 * Seals the passwords that the proxy keeps. New values are written by the active sealing; a stored
 * value is opened by the sealing that its prefix names, whatever is active, and one without a known
 * prefix is plain text. Thread-safe.
 */
public final class CredentialVault {

  private static final String OPENBAO_PREFIX = "vault:";

  private final Optional<AesGcmSealing> aes;

  private CredentialVault(Optional<AesGcmSealing> aes) {
    this.aes = aes;
  }

  /** A vault that writes plain text. */
  public static CredentialVault plain() {
    return new CredentialVault(Optional.empty());
  }

  /**
   * A vault that seals with AES-256-GCM.
   *
   * @param keyOrPassphrase 64 hexadecimal characters are the key, anything else a passphrase
   */
  public static CredentialVault sealedWith(String keyOrPassphrase) {
    return new CredentialVault(Optional.of(new AesGcmSealing(keyOrPassphrase)));
  }

  /** Whether new secrets are sealed; false means that they are written as plain text. */
  public boolean seals() {
    return aes.isPresent();
  }

  /**
   * What to store for a secret; nothing for nothing.
   *
   * @throws VaultException if a plain text would be mistaken for a sealed one
   */
  public String seal(String secret) {
    if (secret.isEmpty()) {
      return "";
    }
    if (aes.isPresent()) {
      return aes.get().seal(secret);
    }
    if (secret.startsWith(AesGcmSealing.PREFIX) || secret.startsWith(OPENBAO_PREFIX)) {
      throw new VaultException(
          "A password that begins with enc1: or vault: can only be kept sealed; set JMAP_SECRET_KEY.");
    }
    return secret;
  }

  /** Whether {@link #open} would answer. */
  public boolean opens(String stored) {
    try {
      open(stored);
      return true;
    } catch (VaultException e) {
      return false;
    }
  }

  /**
   * The secret behind a stored value.
   *
   * @throws VaultException if the key is missing or wrong, or the value damaged
   */
  public String open(String stored) {
    if (stored.startsWith(AesGcmSealing.PREFIX)) {
      return aes.orElseThrow(
              () ->
                  new VaultException(
                      "Stored passwords are sealed; set JMAP_SECRET_KEY to the key they were sealed with."))
          .open(stored);
    }
    if (stored.startsWith(OPENBAO_PREFIX)) {
      throw new VaultException(
          "A stored password is sealed by OpenBao, which this version cannot open; give the account its password again.");
    }
    return stored;
  }
}
