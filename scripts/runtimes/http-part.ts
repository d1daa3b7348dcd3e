/**
 * The HTTP application alone, without sockets and with its data in memory, as a module that Deno, Workers and Bun can
 * serve. It shows on which runtimes the application runs, and what a host has to provide.
 */
import { createApp } from "../../app/http/app.ts";
import type { AppDeps } from "../../app/http/deps.ts";
import { Bans } from "../../app/room/moderation/bans.ts";
import { ClosedRooms } from "../../app/room/moderation/closed-rooms.ts";
import { Moderation } from "../../app/room/moderation/moderation.ts";
import { Moderators } from "../../app/room/moderation/moderators.ts";
import type { Session } from "../../app/room/ports/sessions.ts";
import { fileStorageUnavailable, refuse } from "../../app/room/refusals.ts";

const SESSION_MS = 3_600_000;
const sessions = new Map<string, Session>();

const bans = new Bans({ now: () => Date.now() }, () => false);
const moderation = new Moderation({
	store: { enact: async () => {}, audit: async () => ({ entries: [], more: false }) },
	broadcast: { connections: () => [], connectionsIn: () => [] },
	clock: { now: () => Date.now() },
	bans,
	closedRooms: new ClosedRooms(),
	lastSeen: { of: () => undefined },
	apply: () => {},
	publish: () => {},
	settled: async () => {},
});

/** Without people: roles and invitations need a store. */
const NONE = refuse("not_found", "There are no roles here.");
const none = async () => NONE;

function issue(name: string, userId?: string): { session: Session; token: string } {
	const token = crypto.randomUUID();
	const session = { id: token, user: { id: userId ?? token.slice(0, 12), name }, expiresAt: Date.now() + SESSION_MS };
	sessions.set(token, session);
	return { session, token };
}

const NO_LOAD = { connections: 0, entriesPerS: 0, cpuCores: 0, lagMs: 0, memoryBytes: 0 };

const deps: AppDeps = {
	build: "http-part",
	chat: {
		rooms: { list: async () => [], listOwn: async () => [], remove: async () => ({ ok: true, data: {} }) },
		notice: async () => {},
		adminAppends: {
			remove: async () => ({ ok: true, data: { seq: 1 } }),
			setPin: async () => ({ ok: true, data: { seq: 1 } }),
		},
		moderation,
		moderators: new Moderators({ moderation, people: { refusal: () => undefined, roleOf: () => undefined } }),
		bans,
		people: {
			access: "open",
			hasOwner: true,
			userOf: (user) => user,
			entryRefusal: () => undefined,
			nameRefusal: () => undefined,
		},
		changedUsers: { rename: none },
		roles: { claim: none, list: () => NONE, set: none, remove: none, setAccess: none },
		invitations: { create: none, list: none, revoke: none, redeem: none },
		capacity: { read: none, store: async () => {} },
		reports: { list: none, close: none },
		files: {
			upload: async () => fileStorageUnavailable(),
			find: async () => fileStorageUnavailable(),
			content: async () => fileStorageUnavailable(),
		},
	},
	passkeys: {
		creationOptions: none,
		add: none,
		list: async () => ({ passkeys: [], recoveryCodes: 0 }),
		remove: none,
		renewCodes: none,
		requestOptions: async () => ({}),
		userOf: none,
	},
	ownData: { download: () => fileStorageUnavailable(), remove: none },
	ownSessions: {
		begin: async ({ id, name }) => issue(name, id),
		list: async () => ({ sessions: [] }),
		end: none,
		endOthers: async () => {},
		createLink: async () => ({ code: "", expiresAt: 0 }),
		userOf: none,
	},
	sessions: {
		issue,
		renamed: ({ id }) => id,
		verify: (token) => sessions.get(token),
		revoke: async ({ id }) => void sessions.delete(id),
	},
	load: () => ({ now: NO_LOAD, day: { ...NO_LOAD, minutes: 0 } }),
	limitSignIns: () => undefined,
	limitCodes: () => undefined,
	limitPasskeys: () => undefined,
	claimCode: "",
	hasBannedWord: () => false,
	limitListing: () => undefined,
	endSession: () => {},
	clock: {
		now: () => Date.now(),
		monotonic: () => performance.now(),
		after(ms, task) {
			const timer = setTimeout(task, ms);
			return () => clearTimeout(timer);
		},
	},
	ping: async () => {},
	isStoreFailing: () => false,
	isDraining: () => false,
	metrics: { refused: () => {}, text: async () => "", contentType: "text/plain" },
	page: { file: () => undefined },
	trust: {
		trustProxy: undefined,
		publicOrigins: [],
		flyApp: undefined,
		adminToken: undefined,
		loadToken: undefined,
		metricsPort: undefined,
	},
	remoteAddress: () => undefined,
	nodeRequest: () => undefined,
	onError: (error, request) => console.error(request, error),
};

const app = createApp(deps);

export default { fetch: (request: Request): Response | Promise<Response> => app.fetch(request) };
