package org.jmapproxy.mail.sieve;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.type.Decoded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code SieveScript/validate} (RFC 9661 section 2.6). */
final class SieveValidateMethod implements Method {

  @Override
  public String name() {
    return "SieveScript/validate";
  }

  @Override
  public String capability() {
    return SieveModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    String blobId = reader.required("blobId", JsonType.STRING).stringValue();
    reader.end();
    SieveRole sieve = context.role(accountId, SieveRole.ROLE);
    CallContext call = context.callContext(accountId);
    Optional<SetError> error = problem(context, sieve, call, context.creationIds().apply(blobId));
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("accountId", accountId.value());
    response.set("error", error.<JsonNode>map(SetError::toJson).orElseGet(NullNode::getInstance));
    return List.of(new Invocation(name(), response, ""));
  }

  private static Optional<SetError> problem(
      MethodContext context, SieveRole sieve, CallContext call, String blobId) {
    if (!Id.isValid(blobId)) {
      throw noBlob();
    }
    Decoded<String> text =
        ScriptText.read(call, context.account(call.accountId()).roles(), Id.of(blobId));
    if (text instanceof Decoded.Invalid<String> invalid) {
      return Optional.of(refused(invalid.error()));
    }
    return text instanceof Decoded.Valid<String> valid
        ? sieve.problem(call, valid.value()).map(ScriptText::invalid)
        : Optional.empty();
  }

  /** The only error of this method's response is {@code invalidSieve}. */
  private static SetError refused(SetError error) {
    if (error.type().equals(ScriptText.BLOB_NOT_FOUND)) {
      throw noBlob();
    }
    return error.type().equals(ScriptText.INVALID_SIEVE)
        ? error
        : ScriptText.invalid(error.description().orElse(error.type()));
  }

  private static MethodException noBlob() {
    return new MethodException(MethodError.invalidArgument("blobId", "there is no such blob"));
  }
}
