package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A self-signed certificate for this machine, in two PEM files. */
record Certificate(Path certificate, Path key) {

  /** Makes one. */
  static Certificate in(Path directory) throws IOException, InterruptedException {
    Certificate made = new Certificate(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    Process openssl =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout",
                    made.key().toString(),
                    "-out",
                    made.certificate().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (openssl.waitFor() != 0) {
      throw new IOException("openssl could not make a certificate");
    }
    return made;
  }
}
