package org.jmapproxy.server.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CredentialVaultTest {

  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";

  @Test
  void aSealedSecretOpensWithTheSameKeyOnly() {
    String sealed = CredentialVault.sealedWith(KEY).seal("pässword");
    assertThat(sealed).startsWith("enc1:").doesNotContain("ssword").doesNotContain("\n");
    assertThat(CredentialVault.sealedWith(KEY).open(sealed)).isEqualTo("pässword");
    assertThatThrownBy(() -> CredentialVault.sealedWith("a passphrase").open(sealed))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("JMAP_SECRET_KEY");
    assertThatThrownBy(() -> CredentialVault.plain().open(sealed))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("set JMAP_SECRET_KEY");
  }

  @Test
  void whatOthersSealedInThisFormatOpens() {
    // AES-256-GCM under SHA-256("correct horse"), nonce 000102030405060708090a0b.
    assertThat(
            CredentialVault.sealedWith("correct horse")
                .open("enc1:AAECAwQFBgcICQoLfKKPAWYhQkjkSZL4cID8uk72kE83j+c="))
        .isEqualTo("sesame!");
  }

  @Test
  void sealingTwiceGivesDifferentText() {
    CredentialVault vault = CredentialVault.sealedWith(KEY);
    assertThat(vault.seal("same")).isNotEqualTo(vault.seal("same"));
  }

  @Test
  void plainTextIsReadWhateverIsActive() {
    assertThat(CredentialVault.plain().seal("plain")).isEqualTo("plain");
    assertThat(CredentialVault.sealedWith(KEY).open("plain")).isEqualTo("plain");
    assertThat(CredentialVault.sealedWith(KEY).seal("")).isEmpty();
  }

  @Test
  void plainTextThatLooksSealedIsRefusedRatherThanMisread() {
    assertThatThrownBy(() -> CredentialVault.plain().seal("enc1:gotcha"))
        .isInstanceOf(VaultException.class);
  }

  @Test
  void damagedAndForeignValuesAreNamed() {
    assertThatThrownBy(() -> CredentialVault.sealedWith(KEY).open("enc1:!!"))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> CredentialVault.plain().open("vault:v1:abc"))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("OpenBao");
  }
}
