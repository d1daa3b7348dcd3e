import { printable } from "../../load/kit/target.ts";

const MEANINGS: Record<string, string> = {
	ENOTFOUND: "the host does not exist",
	EAI_AGAIN: "the host name cannot be resolved at the moment",
	ECONNREFUSED: "nothing listens there",
	ECONNRESET: "the connection was closed",
	UND_ERR_SOCKET: "the connection was closed",
	CERT_HAS_EXPIRED: "its certificate has expired",
	DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
	ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** Returns why a request got no response; the error of `fetch` itself does not say. */
export function causeOf(error: unknown): string {
	const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
	if (name === "TimeoutError") return "no response in time";
	const code = cause?.code ?? "";
	return MEANINGS[code] ?? printable(cause?.message ?? message);
}
