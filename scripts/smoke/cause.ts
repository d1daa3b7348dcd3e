const MEANINGS: Record<string, string> = {
	ENOTFOUND: "there is no such host",
	EAI_AGAIN: "the name can't be looked up just now",
	ECONNREFUSED: "nothing listens there",
	ECONNRESET: "the connection was cut",
	UND_ERR_SOCKET: "the connection was cut",
	CERT_HAS_EXPIRED: "its certificate has expired",
	DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed",
	ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

/** Why a request got no answer, in words where they are known: fetch itself only says that it failed. */
export function causeOf(error: unknown): string {
	const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
	if (name === "TimeoutError") return "no answer in time";
	const code = cause?.code ?? "";
	return MEANINGS[code] ?? cause?.message ?? message;
}
