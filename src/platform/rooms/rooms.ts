import type { Room, Rooms } from "../../ports.ts";
import { ROOM_HEADERS, type RoomObject } from "../../room-object.ts";

/** Rooms as Durable Objects, one a document, named by tenant and document. */
export function createRooms(namespace: DurableObjectNamespace<RoomObject>): Rooms {
  return {
    of: (tenant, document): Room => {
      const address = { tenant, document };
      // A stub that has met an exception is not to be used again: each call makes its own. Its mapped
      // types lose the exactness of ours; the object implements RoomObject.
      const stub = () => namespace.getByName(`${tenant}/${document}`) as unknown as RoomObject & Fetcher;
      return {
        begin: ({ tenant: _tenant, document: _document, ...input }) => stub().begin(address, input),
        claim: (input) => stub().claim(input),
        record: ({ events, ...rest }) => stub().record({ ...rest, events: [...events] }),
        release: ({ events, ...rest }) => stub().release({ ...rest, events: [...events] }),
        end: ({ events, ...rest }) => stub().end({ ...rest, events: [...events] }),
        supersede: (input) => stub().supersede(input),
        amend: ({ run, events }) => stub().amend(address, { run, events: [...events] }),
        events: ({ after }) => stub().events(address, after),
        issueTicket: () => stub().issueTicket(),
        redeemTicket: (ticket) => stub().redeemTicket(ticket),
        awaitEnd: (timeoutMs) => stub().awaitEnd(timeoutMs),
        connect: (request, after) => {
          const headers = new Headers();
          const upgrade = request.headers.get("upgrade");
          if (upgrade) headers.set("upgrade", upgrade);
          headers.set(ROOM_HEADERS.tenant, tenant);
          headers.set(ROOM_HEADERS.document, document);
          headers.set(ROOM_HEADERS.after, String(after));
          return stub().fetch("https://room/", { headers });
        },
        erase: () => stub().erase(),
      };
    },
  };
}
