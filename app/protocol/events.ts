/**
 * The contract between client and server: every event, its payload and its ack. PROTOCOL.md has the rules; `schemas/`
 * validates the payloads. The files of this folder import nothing else of the project, so that the page, the load harness
 * and the server share them. Times are milliseconds since 1970, UTC.
 */
import type { RoomAppended, SinceData, SincePayload } from "./log.ts";
import type {
	AroundData,
	AroundPayload,
	EditPayload,
	HistoryData,
	HistoryPayload,
	RemovePayload,
	SendData,
	SendPayload,
} from "./message.ts";
import type { PinPayload } from "./pin.ts";
import type { PresenceDiff } from "./presence.ts";
import type {
	DirectOpenPayload,
	MemberAddPayload,
	MemberRemovePayload,
	RoomCreatePayload,
	RoomMembersData,
	RoomNameData,
	RoomUpdatePayload,
} from "./private-room.ts";
import type { ReactionPayload } from "./reaction.ts";
import type { ReadMoved, ReadPayload } from "./read.ts";
import type { AckFunction } from "./refusal.ts";
import type { ReportPayload } from "./report.ts";
import type { JoinData, JoinPayload, JoinsData, JoinsPayload, RoomClosed, RoomPayload } from "./room.ts";
import type { SearchData, SearchPayload } from "./search.ts";
import type { Draining, Notice } from "./server.ts";
import type { UserRenamed } from "./session.ts";
import type { TypingChanged } from "./typing.ts";

/** Major version of this contract. A client that names another one is refused with `stale_client`. */
export const PROTOCOL_VERSION = 1;

export interface ClientToServerEvents {
	"room:join": (payload: JoinPayload, ack: AckFunction<JoinData>) => void;
	"rooms:join": (payload: JoinsPayload, ack: AckFunction<JoinsData>) => void;
	"room:leave": (payload: RoomPayload, ack: AckFunction<Record<string, never>>) => void;
	"room:read": (payload: ReadPayload, ack: AckFunction<Record<string, never>>) => void;
	"room:create": (payload: RoomCreatePayload, ack: AckFunction<RoomNameData>) => void;
	"room:update": (payload: RoomUpdatePayload, ack: AckFunction<SendData>) => void;
	"room:members": (payload: RoomPayload, ack: AckFunction<RoomMembersData>) => void;
	"direct:open": (payload: DirectOpenPayload, ack: AckFunction<RoomNameData>) => void;
	"member:add": (payload: MemberAddPayload, ack: AckFunction<SendData>) => void;
	"member:remove": (payload: MemberRemovePayload, ack: AckFunction<SendData>) => void;
	"message:send": (payload: SendPayload, ack: AckFunction<SendData>) => void;
	"message:edit": (payload: EditPayload, ack: AckFunction<SendData>) => void;
	"message:remove": (payload: RemovePayload, ack: AckFunction<SendData>) => void;
	"message:history": (payload: HistoryPayload, ack: AckFunction<HistoryData>) => void;
	"message:around": (payload: AroundPayload, ack: AckFunction<AroundData>) => void;
	"message:report": (payload: ReportPayload, ack: AckFunction<Record<string, never>>) => void;
	"reaction:set": (payload: ReactionPayload, ack: AckFunction<SendData>) => void;
	"pin:set": (payload: PinPayload, ack: AckFunction<SendData>) => void;
	"search:query": (payload: SearchPayload, ack: AckFunction<SearchData>) => void;
	"log:since": (payload: SincePayload, ack: AckFunction<SinceData>) => void;
	"typing:start": (payload: RoomPayload) => void;
	"typing:stop": (payload: RoomPayload) => void;
}

export interface ServerToClientEvents {
	"room:appended": (payload: RoomAppended) => void;
	"presence:diff": (payload: PresenceDiff) => void;
	"typing:changed": (payload: TypingChanged) => void;
	"read:moved": (payload: ReadMoved) => void;
	"room:added": (payload: RoomNameData) => void;
	"user:renamed": (payload: UserRenamed) => void;
	"room:closed": (payload: RoomClosed) => void;
	"server:notice": (payload: Notice) => void;
	"server:draining": (payload: Draining) => void;
}
