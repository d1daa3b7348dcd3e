import * as fc from "fast-check";

/** Rooms that a person may be in. */
export const ROOMS = ["lobby", "kitchen"] as const;
export type RoomName = (typeof ROOMS)[number];

/** What people do, and what the network does to them. An act that fits nothing at its moment does nothing. */
export type Act =
	| { act: "join" | "leave"; room: RoomName }
	| { act: "write"; room: RoomName; isRefused: boolean }
	| { act: "retry" | "discard"; room: RoomName }
	| { act: "read"; room: RoomName; what: "older" | "newest" | "up" | "down" }
	| { act: "reload" }
	/** Another person, or the same one on another device. */
	| { act: "hear"; room: RoomName; from: "grace" | "phone"; times: number }
	/** So much that a resume is too long, and the page starts over. */
	| { act: "hear a lot"; room: RoomName }
	| { act: "remove"; room: RoomName; index: number }
	| { act: "hold answers" | "release answers" | "hold requests" | "release requests" | "lose requests" }
	| { act: "deliver" | "double" | "lose"; index: number }
	| { act: "cut" | "orphan" | "close" | "open" }
	/** Longer than an ack is waited for. */
	| { act: "wait" };

/** Mostly one and the same, so that acts meet. */
const room = fc.constantFrom<RoomName[]>("lobby", "lobby", "lobby", "kitchen");
const index = fc.nat({ max: 7 });
const plain = <A extends Act["act"]>(...names: A[]) => fc.record({ act: fc.constantFrom(...names) });
const inRoom = <A extends Act["act"]>(...names: A[]) => fc.record({ act: fc.constantFrom(...names), room });
const constant = <const T>(value: T) => fc.constant(value);

const weighted: [number, fc.Arbitrary<Act>][] = [
	[14, fc.record({ act: constant("write"), room, isRefused: fc.nat({ max: 9 }).map((n) => n === 9) })],
	[
		18,
		fc.record({
			act: constant("hear"),
			room,
			from: fc.constantFrom("grace" as const, "phone" as const),
			times: fc.integer({ min: 1, max: 3 }),
		}),
	],
	[2, inRoom("hear a lot")],
	[7, fc.record({ act: constant("remove"), room, index: fc.oneof(index, fc.nat({ max: 90 })) })],
	[5, inRoom("join")],
	[2, inRoom("leave")],
	[3, inRoom("retry", "discard")],
	[5, fc.record({ act: constant("read"), room, what: fc.constantFrom("older", "newest", "up", "down") })],
	[12, plain("hold answers")],
	[24, fc.record({ act: fc.constantFrom("deliver" as const, "double" as const, "lose" as const), index })],
	[4, plain("release answers")],
	[5, plain("hold requests")],
	[4, plain("release requests", "lose requests")],
	[4, plain("cut", "orphan")],
	[3, plain("close", "open")],
	[3, plain("reload")],
	[3, plain("wait")],
];

/** A sequence of acts; at most so many. */
export const actsUpTo = (maxLength: number): fc.Arbitrary<Act[]> =>
	fc.array(fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary }))), {
		minLength: 12,
		maxLength,
		size: "max",
	});
