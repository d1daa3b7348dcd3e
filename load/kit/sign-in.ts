import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import type { SessionData } from "../../app/protocol/session.ts";
import { printable } from "./target.ts";

/** More than any session has. */
const MAX_BODY_CHARS = 65_536;

type SignInOptions = {
	/** The deployment's LOAD_TOKEN, which lifts the limits per address. */
	loadToken?: string | undefined;
	/** The address of this machine from which the request comes. */
	from?: string | undefined;
};

/** Opens a session for a user of this name. Rejects with the refusal's code if the server opens none. */
export async function signIn(url: string, name: string, { loadToken, from }: SignInOptions = {}): Promise<SessionData> {
	const { request } = url.startsWith("https:") ? https : http;
	const outgoing = request(`${url}/api/session`, {
		method: "POST",
		headers: { "content-type": "application/json", ...(loadToken && { "x-load-token": loadToken }) },
		...(from !== undefined && { localAddress: from }),
	});
	outgoing.end(JSON.stringify({ name }));
	const [response] = (await once(outgoing, "response")) as [http.IncomingMessage];
	const body = await boundedText(response);
	if (response.statusCode === 201) return JSON.parse(body);
	throw new Error(`POST /api/session: ${printable(String(codeOf(body) ?? response.statusCode))}`);
}

async function boundedText(response: http.IncomingMessage): Promise<string> {
	let text = "";
	for await (const chunk of response.setEncoding("utf8")) {
		text += chunk;
		if (text.length > MAX_BODY_CHARS) throw new Error("POST /api/session: the response is too long");
	}
	return text;
}

function codeOf(body: string): string | undefined {
	try {
		const refusal = JSON.parse(body);
		return refusal.error?.code ?? refusal.code;
	} catch {
		return undefined;
	}
}
