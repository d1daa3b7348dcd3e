import { connect, type PeerCertificate } from "node:tls";
import { causeOf } from "../smoke/cause.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const TIMEOUT_MS = 10_000;
const DAY_MS = 86_400_000;
const SOON_DAYS = 14;
const WHAT = "TLS";

/** Checks that the connection is encrypted, and how long the certificate is valid. */
export async function checkTls(url: string): Promise<Finding> {
	const { protocol, hostname, port } = new URL(url);
	if (protocol === "http:") return withoutTls(hostname);
	try {
		const { version, certificate } = await handshake(hostname, Number(port || 443));
		const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS);
		const seen = `${version}, certificate for ${hostname}, ${days} days left`;
		if (days >= SOON_DAYS) return ok(WHAT, seen);
		return warn(WHAT, seen, "Renew the certificate, or find out why it is not renewed automatically.");
	} catch (error) {
		return fail(
			WHAT,
			causeOf({ ...(error as Error), message: (error as Error).message, cause: error }),
			"Give the host a valid certificate: with `flyctl certs add HOST` on Fly.io, otherwise in your proxy (Caddy, certbot).",
		);
	}
}

function withoutTls(hostname: string): Finding {
	if (/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return ok(WHAT, "none, and none needed on this computer");
	return warn(
		WHAT,
		"none: names, cookies and messages can be read in transit",
		"Use https://, with a certificate in a reverse proxy. Browsers do not share locations without it.",
	);
}

function handshake(host: string, port: number): Promise<{ version: string; certificate: PeerCertificate }> {
	return new Promise((resolve, reject) => {
		const socket = connect({ host, port, servername: host, timeout: TIMEOUT_MS }, () => {
			resolve({ version: socket.getProtocol() ?? "TLS", certificate: socket.getPeerCertificate() });
			socket.end();
		});
		socket.once("error", reject);
		socket.once("timeout", () => socket.destroy(new Error("no response in time")));
	});
}
