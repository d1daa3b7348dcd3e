import { Hono } from "hono";
import type { Ack } from "../../protocol/refusal.ts";
import { BanSchema, BanTargetQuerySchema, KickSchema, ListQuerySchema } from "../../protocol/schemas/moderation.ts";
import { countedAddress } from "../../request-trust/address.ts";
import type { UserOrAddress } from "../../room/moderation/moderation.ts";
import type { Ban, BanTarget } from "../../room/ports/moderation.ts";
import { accept, parse, refuse } from "../../room/refusals.ts";
import { done, refusal } from "../answers.ts";
import type { AppDeps, Env, RequestContext } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { jsonBody } from "../json-body.ts";

type Deps = Pick<AppDeps, "chat" | "trust">;

/** `/api/kicks`: somebody is shown out for some minutes. */
export function kickRoute({ chat, trust }: Deps): Hono<Env> {
	return new Hono<Env>().post(adminOnly(trust), async (c) => {
		const body = await jsonBody(c, KickSchema);
		if (!body.ok) return refusal(c, body.error);
		const { user, room, minutes, ...account } = body.data;
		return banned(c, await chat.moderation.kick(user, { room, minutes }, account));
	});
}

/** `/api/bans`: who is kept out, for how long, and who no more. */
export function banRoutes({ chat, trust }: Deps): Hono<Env> {
	return new Hono<Env>()
		.use(adminOnly(trust))
		.get((c) => {
			const query = parse(ListQuerySchema, c.req.query());
			if (!query.ok) return refusal(c, query.error);
			return c.json(chat.moderation.bans(query.data.offset, query.data.limit));
		})
		.post(async (c) => {
			const body = await jsonBody(c, BanSchema);
			if (!body.ok) return refusal(c, body.error);
			const { user, address, room, minutes, addresses, ...account } = body.data;
			const whom = userOrAddress(user, address);
			if (!whom.ok) return refusal(c, whom.error);
			const wish = { ...whom.data, room, minutes, withAddresses: addresses };
			return banned(c, await chat.moderation.ban(wish, account));
		})
		.delete(async (c) => {
			const query = parse(BanTargetQuerySchema, c.req.query());
			if (!query.ok) return refusal(c, query.error);
			const { user, address, room, ...account } = query.data;
			const whom = userOrAddress(user, address);
			if (!whom.ok) return refusal(c, whom.error);
			return done(c, await chat.moderation.unban(banTarget(whom.data, room), account));
		});
}

/** One of the two is given, as the schema says; an address is written as clients are counted by it. */
function userOrAddress(user: string | undefined, given: string | undefined): Ack<UserOrAddress> {
	if (user !== undefined) return accept({ user });
	const address = countedAddress(given ?? "");
	if (address !== undefined) return accept({ address });
	return refuse("bad_request", "An address is one of IPv4 or IPv6, or the /64 network of one of IPv6.", {
		field: "address",
	});
}

function banTarget({ user, address }: UserOrAddress, room: string | undefined): BanTarget {
	if (user === undefined) return { kind: "address", target: address };
	return { kind: "user", target: user, ...(room !== undefined && { room }) };
}

function banned(c: RequestContext, ack: Ack<{ bans: Ban[] }>): Response {
	return ack.ok ? c.json(ack.data, 201) : refusal(c, ack.error);
}
