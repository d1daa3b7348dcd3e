/** Values for fuzz tests that are nearly what the protocol accepts. fast-check prints the seed of a failure. */
import fc from "fast-check";

/** Any text that JSON can carry, with lone surrogates too. */
const text = fc.oneof(
	fc.string(),
	fc.string({ unit: "binary" }),
	fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }).map((units) => String.fromCharCode(...units)),
	fc.constantFrom("\u202e", "\ud800", "\u0000", "__proto__", "constructor", "x".repeat(65), "ﷺ".repeat(30)),
);
const number = fc.oneof(
	fc.nat(),
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.constantFrom(0, -0, 2 ** 53, 1e300),
);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 4 }), text, number);

/** Mostly a valid field; sometimes any value, or none. */
function field(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 10, arbitrary: right },
		{ weight: 1, arbitrary: anything },
		{ weight: 3, arbitrary: fc.constant(undefined) },
	);
}

const room = fc.oneof(
	{ weight: 5, arbitrary: fc.constantFrom("lobby", "Lobby ", "attic") },
	{ weight: 1, arbitrary: text },
);
const degrees = fc.double({ min: -200, max: 200, noNaN: true });

/** Every field that the payload of an event or the body of a request has. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
	room: field(room),
	rooms: field(fc.array(fc.oneof(fc.record({ room }), anything), { maxLength: 22 })),
	after: field(fc.oneof(number, fc.record({ epoch: field(text), seq: field(number) }))),
	uses: field(fc.integer({ min: -1, max: 1_001 })),
	days: field(fc.integer({ min: -1, max: 91 })),
	code: field(fc.oneof(fc.constant("AAAAAAAAAAAAAAAAAAAAAA"), text)),
	role: field(fc.constantFrom("owner", "moderator", "member", "guest", "admin")),
	access: field(fc.constantFrom("open", "invited", "members", "closed")),
	before: field(number),
	limit: field(fc.integer({ min: -1, max: 102 })),
	clientId: field(fc.uuid()),
	body: field(text),
	location: field(
		fc.record({ latitude: field(degrees), longitude: field(degrees), accuracy: field(number) }, { requiredKeys: [] }),
	),
	target: field(fc.integer({ min: 0, max: 3 })),
	epoch: field(text),
	back: field(fc.constant(true)),
	seq: field(fc.integer({ min: 0, max: 3 })),
	at: field(number),
	reply: field(fc.integer({ min: 0, max: 3 })),
	root: field(fc.integer({ min: 0, max: 3 })),
	pinned: field(fc.boolean()),
	mentions: field(fc.array(fc.oneof(text, fc.constantFrom("room", "a")), { maxLength: 60 })),
	emoji: field(fc.oneof(fc.constantFrom("👍", "❤", "❤️", "🏳️‍🌈", "👍🏽", "👍👍", "a", "️"), text)),
	on: field(fc.boolean()),
	kind: field(fc.constant("private")),
	title: field(text),
	topic: field(text),
	history: field(fc.boolean()),
	name: field(text),
	text: field(text),
	from: field(text),
	has: field(fc.constantFrom("file", "link", "location")),
	cursor: field(fc.stringMatching(/^\d{1,3}(\.\d{1,3}){0,3}$/)),
	user: field(fc.stringMatching(/^[\w-]{12}$/)),
	address: field(fc.oneof(fc.ipV4(), fc.ipV6())),
	users: field(fc.array(fc.oneof(fc.stringMatching(/^[\w-]{12}$/), anything), { maxLength: 10 })),
	minutes: field(fc.integer({ min: 0, max: 10_000 })),
	reason: field(text),
};

/** An object of these fields, or seldom another value. */
export function payload(...names: (keyof typeof FIELDS)[]): fc.Arbitrary<unknown> {
	const model = Object.fromEntries(names.map((name) => [name, FIELDS[name]!]));
	return fc.oneof({ weight: 9, arbitrary: fc.record(model) }, { weight: 1, arbitrary: anything });
}

/** A text in which some characters were removed, inserted or replaced. */
export function mutated(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const change = fc.record({
		at: fc.nat(),
		removed: fc.integer({ min: 0, max: 3 }),
		inserted: fc.oneof(text, fc.constantFrom("[", "]", "{", '"', ",", "-", "/", "\x1e", "4", "5", "9")),
	});
	return fc.tuple(of, fc.array(change, { minLength: 1, maxLength: 4 })).map(([whole, changes]) =>
		changes.reduce((now, { at, removed, inserted }) => {
			const from = at % (now.length + 1);
			return now.slice(0, from) + inserted + now.slice(from + removed);
		}, whole),
	);
}

/** Any text, for a URL. */
export const pathSegment = fc.oneof(
	text.map((raw) => encodeURIComponent(raw.toWellFormed())),
	fc.constantFrom("lobby", "%", "%00", "%ff", "..", "1", "0", "-1", "99999999999999999999"),
);
