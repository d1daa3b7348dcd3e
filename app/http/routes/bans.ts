import { Hono } from "hono";
import type { Ack } from "../../protocol/refusal.ts";
import { BanSchema, BanTargetQuerySchema, ListQuerySchema } from "../../protocol/schemas/moderation.ts";
import { countedAddress } from "../../request-trust/address.ts";
import type { UserOrAddress } from "../../room/moderation/moderation.ts";
import type { BanTarget } from "../../room/ports/moderation.ts";
import { accept, parse, refuse } from "../../room/refusals.ts";
import type { AppDeps, Env } from "../deps.ts";
import { acting } from "../guards.ts";
import { jsonBody } from "../json-body.ts";
import { createdResponse, dataResponse, emptyResponse, refusalResponse } from "../responses.ts";

/** `/api/bans`: lists, adds and ends bans (rules A2 to A4, A7). */
export function banRoutes(deps: AppDeps): Hono<Env> {
	const { moderators } = deps.chat;
	return new Hono<Env>()
		.use(acting(deps))
		.get((c) => {
			const query = parse(ListQuerySchema, c.req.query());
			return query.ok ? dataResponse(c, moderators.bans(c.get("actor"), query.data)) : refusalResponse(c, query.error);
		})
		.post(async (c) => {
			const body = await jsonBody(c, BanSchema);
			if (!body.ok) return refusalResponse(c, body.error);
			const { user, address, room, minutes, addresses, ...note } = body.data;
			const target = userOrAddress(user, address);
			if (!target.ok) return refusalResponse(c, target.error);
			const ban = { ...target.data, room, minutes, withAddresses: addresses };
			return createdResponse(c, await moderators.ban(c.get("actor"), ban, note));
		})
		.delete(async (c) => {
			const query = parse(BanTargetQuerySchema, c.req.query());
			if (!query.ok) return refusalResponse(c, query.error);
			const { user, address, room, ...note } = query.data;
			const target = userOrAddress(user, address);
			if (!target.ok) return refusalResponse(c, target.error);
			return emptyResponse(c, await moderators.unban(c.get("actor"), banTarget(target.data, room), note));
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
