import { CHAT_ENTRY, LIFTED_LIMITS } from "../../kit/server-process.ts";
import { signIn } from "../../kit/sign-in.ts";
import { inParallel } from "../members/in-parallel.ts";
import { memberName } from "../members/member.ts";
import { hubbub } from "../protocols/hubbub.ts";
import type { Peer } from "./peer.ts";

const CONCURRENT_SESSIONS = 64;

/** The real server with its database on disk. Rate limits are off, since a few members send for a thousand. */
export const ours: Peer = {
	id: "ours",
	title: "Hubbub",
	protocol: hubbub,
	program: () => ({ command: [process.execPath, CHAT_ENTRY], env: LIFTED_LIMITS }),
	async createSessions(url, count) {
		const tokens: string[] = [];
		await inParallel(count, CONCURRENT_SESSIONS, async (i) => {
			tokens[i] = (await signIn(url, memberName(i))).token;
		});
		return tokens;
	},
};

/** The same server a second time: the difference between the two is the noise of the machine. */
export const oursAgain: Peer = { ...ours, id: "ours-again", title: "Hubbub again (A/A)" };
