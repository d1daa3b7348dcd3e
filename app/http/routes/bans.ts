import { Hono } from "hono";
import type { Ack } from "../../protocol/refusal.ts";
import { BanSchema, BanTargetQuerySchema, ListQuerySchema } from "../../protocol/schemas/moderation.ts";
import { countedAddress } from "../../request-trust/address.ts";
import type { UserOrAddress } from "../../room/moderation/moderation.ts";
import type { BanTarget } from "../../room/ports/moderation.ts";
import { accept, parse, refuse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { adminOnly } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { createdResponse, emptyResponse, refusalResponse } from "../responses.ts";

type Deps = Pick<AppDeps, "chat" | "trust">;

/** `/api/bans`: lists, adds and ends bans. */
export function banRoutes({ chat, trust }: Deps): Hono<Env> {
	return new Hono<Env>()
		.use(adminOnly(trust))
		.get((c) => {
			const query = parse(ListQuerySchema, c.req.query());
			if (!query.ok) return refusalResponse(c, query.error);
			return c.json(chat.moderation.bans(query.data.offset, query.data.limit));
		})
		.post(async (c) => {
			const body = await jsonBody(c, BanSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const { user, address, room, minutes, addresses, ...note } = body.data;
			const target = userOrAddress(user, address);
			if (!target.ok) return refusalResponse(c, target.error);
			const ban = { ...target.data, room, minutes, withAddresses: addresses };
			return createdResponse(c, await chat.moderation.ban(ban, note));
		})
		.delete(async (c) => {
			const query = parse(BanTargetQuerySchema, c.req.query());
			if (!query.ok) return refusalResponse(c, query.error);
			const { user, address, room, ...note } = query.data;
			const target = userOrAddress(user, address);
			if (!target.ok) return refusalResponse(c, target.error);
			return emptyResponse(c, await chat.moderation.unban(banTarget(target.data, room), note));
		});
}

/** Returns the one that is given, as the schema ensures. An address has the form by which the limits count clients. */
function userOrAddress(user: string | undefined, given: string | undefined): Ack<UserOrAddress> {
	if (user !== undefined) return accept({ user });
	const address = countedAddress(given ?? "");
	if (address !== undefined) return accept({ address });
	return refuse("bad_request", "An address is an IPv4 or IPv6 address, or the /64 network of an IPv6 address.", {
		field: "address",
	});
}

function banTarget({ user, address }: UserOrAddress, room: string | undefined): BanTarget {
	if (user === undefined) return { kind: "address", target: address };
	return { kind: "user", target: user, ...(room !== undefined && { room }) };
}
