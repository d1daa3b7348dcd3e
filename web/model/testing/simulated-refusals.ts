import type { Refusal } from "../../../app/protocol/refusal.ts";
import type { Random } from "../../../load/kit/random.ts";
import type { OutboxRequest } from "../outbox-request.ts";
import type { Intentions } from "./intentions.ts";
import { idOf } from "./world-checks.ts";

const RATE_LIMITED: Refusal = { code: "rate_limited", message: "Wait.", retryable: true, retryAfterMs: 100 };
const REFUSED: Refusal = { code: "bad_request", message: "No.", retryable: false };

/** Returns why the server refuses a request: texts that end in "refused" permanently, others now and then for a moment. */
export function refusalOf(
	{ event, payload }: OutboxRequest,
	{ intentions, random }: { intentions: Intentions; random: Random },
): Refusal | undefined {
	if ("body" in payload && payload.body?.endsWith("refused")) {
		if (event === "message:send") intentions.refused(idOf(payload.body));
		else intentions.forgetText(idOf(payload.body));
		return REFUSED;
	}
	return random.chance(0.1) ? RATE_LIMITED : undefined;
}
