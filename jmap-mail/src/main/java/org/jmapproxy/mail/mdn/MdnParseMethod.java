package org.jmapproxy.mail.mdn;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.MessageIdLookup;
import org.jmapproxy.mail.email.ParseCall;
import org.jmapproxy.mail.header.MessageIdsForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code MDN/parse} (RFC 9007 section 2.2). Stateless. */
final class MdnParseMethod implements Method {

  @Override
  public String name() {
    return "MDN/parse";
  }

  @Override
  public String capability() {
    return MdnModule.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = MdnAccounts.accountId(context, reader);
    JsonNode blobIds = reader.required("blobIds", JsonType.listOf(JsonType.STRING));
    reader.end();
    Optional<MessageIdLookup> emails =
        context.account(accountId).roles().find(MessageIdLookup.ROLE);
    ParseCall call = new ParseCall(context, accountId);
    ObjectNode response =
        call.parse(
            blobIds,
            (id, blob) ->
                MdnReader.read(blob)
                    .map(mdn -> MdnJson.write(mdn.about(original(mdn, emails, call.call())))));
    return List.of(new Invocation(name(), response, ""));
  }

  /** The Email of that Message-ID, if there is just one. */
  private static Optional<Id> original(
      Mdn mdn, Optional<MessageIdLookup> emails, CallContext call) {
    return mdn.originalMessageId()
        .flatMap(MessageIdsForm::of)
        .filter(ids -> ids.size() == 1)
        .flatMap(ids -> emails.map(lookup -> lookup.emailsWithMessageId(call, ids.get(0))))
        .filter(found -> found.size() == 1)
        .map(found -> found.get(0));
  }
}
