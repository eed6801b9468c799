package org.jmapproxy.core.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedStreamTest {

  @Test
  void endsAfterSoManyOctetsHoweverTheyAreRead() throws IOException {
    assertThat(beginning(3).readAllBytes()).containsExactly(1, 2, 3);
    BoundedStream singly = beginning(2);
    assertThat(singly.available()).isEqualTo(2);
    assertThat(singly.read()).isEqualTo(1);
    assertThat(singly.skip(5)).isEqualTo(1);
    assertThat(singly.read()).isEqualTo(-1);
    assertThat(singly.read(new byte[4])).isEqualTo(-1);
  }

  @Test
  void endsWhenTheOtherStreamDoes() throws IOException {
    assertThat(beginning(9).readAllBytes()).containsExactly(1, 2, 3, 4);
    assertThat(beginning(-1).readAllBytes()).isEmpty();
  }

  private static BoundedStream beginning(long most) {
    return new BoundedStream(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), most);
  }
}
