import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import tls from "node:tls";
import { BadInput } from "../bad-input.ts";

/** From here on this process trusts the certificates in `file` as well. Gives the environment for one that should too. */
export function trust(file: string): NodeJS.ProcessEnv {
	let certificate: string;
	try {
		certificate = readFileSync(file, "utf8");
		new X509Certificate(certificate);
	} catch {
		throw new BadInput(`--ca ${file} is not a certificate that can be read: give a file in PEM format.`);
	}
	tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate]);
	return { NODE_EXTRA_CA_CERTS: resolve(file) };
}
