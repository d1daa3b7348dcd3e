import * as fc from "fast-check";

/** The rooms of a world. */
export const ROOMS = ["lobby", "kitchen"] as const;
export type RoomName = (typeof ROOMS)[number];

/** What users and the network do. An action that is impossible at its time has no effect. */
export type Action =
	| { type: "join" | "leave"; room: RoomName }
	| { type: "write"; room: RoomName; isRefused: boolean }
	| { type: "retry" | "discard"; room: RoomName }
	/** The user changes, or replies to, the `index`-newest message on the screen that allows it. */
	| { type: "edit" | "take back" | "react" | "reply"; room: RoomName; index: number }
	| { type: "read"; room: RoomName; what: "older" | "newest" | "up" | "down" }
	| { type: "reload" }
	/** A message of another user, or of the same user on another device. */
	| { type: "receive"; room: RoomName; from: "grace" | "phone"; times: number }
	/** More than a resume may carry, so that the page starts over. */
	| { type: "receive many"; room: RoomName }
	| { type: "remove"; room: RoomName; index: number }
	| { type: "hold packets" | "release packets" | "hold requests" | "release requests" | "lose requests" }
	| { type: "deliver" | "duplicate" | "lose"; index: number }
	| { type: "terminate" | "orphan" | "close" | "open" }
	/** Longer than the ack timeout. */
	| { type: "wait" };

/** Mostly one room, so that actions interact. */
const room = fc.constantFrom<RoomName[]>("lobby", "lobby", "lobby", "kitchen");
const index = fc.nat({ max: 7 });
const plain = <A extends Action["type"]>(...names: A[]) => fc.record({ type: fc.constantFrom(...names) });
const inRoom = <A extends Action["type"]>(...names: A[]) => fc.record({ type: fc.constantFrom(...names), room });
const constant = <const T>(value: T) => fc.constant(value);

const weighted: [number, fc.Arbitrary<Action>][] = [
	[14, fc.record({ type: constant("write"), room, isRefused: fc.nat({ max: 9 }).map((n) => n === 9) })],
	[
		18,
		fc.record({
			type: constant("receive"),
			room,
			from: fc.constantFrom("grace" as const, "phone" as const),
			times: fc.integer({ min: 1, max: 3 }),
		}),
	],
	[2, inRoom("receive many")],
	[7, fc.record({ type: constant("remove"), room, index: fc.oneof(index, fc.nat({ max: 90 })) })],
	[5, inRoom("join")],
	[2, inRoom("leave")],
	[3, inRoom("retry", "discard")],
	[
		16,
		fc.record({
			type: fc.constantFrom("edit" as const, "take back" as const, "react" as const, "reply" as const),
			room,
			index,
		}),
	],
	[5, fc.record({ type: constant("read"), room, what: fc.constantFrom("older", "newest", "up", "down") })],
	[12, plain("hold packets")],
	[24, fc.record({ type: fc.constantFrom("deliver" as const, "duplicate" as const, "lose" as const), index })],
	[4, plain("release packets")],
	[5, plain("hold requests")],
	[4, plain("release requests", "lose requests")],
	[4, plain("terminate", "orphan")],
	[3, plain("close", "open")],
	[3, plain("reload")],
	[3, plain("wait")],
];

/** Returns an arbitrary for sequences of up to `maxLength` actions. */
export const actionsUpTo = (maxLength: number): fc.Arbitrary<Action[]> =>
	fc.array(fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary }))), {
		minLength: 12,
		maxLength,
		size: "max",
	});
