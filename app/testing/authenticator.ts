import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { CreatedCredential, UsedCredential } from "../room/ports/web-authn.ts";

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;
/** P-256 with ES256, as COSE numbers them. */
const COSE = { kty: 1, alg: 3, crv: -1, x: -2, y: -3 } as const;

/** What a site asks of {@link Authenticator.create}. */
type Options = { challenge: string; rp?: { id: string }; rpId?: string; user?: { id: string } };

/** A browser with an authenticator in software, which keeps one passkey. */
export class Authenticator {
	origin: string;
	readonly id = randomBytes(16).toString("base64url");
	readonly #key: KeyObject;
	readonly #coordinates: { x: Buffer; y: Buffer };
	#userHandle = "";
	counter = 0;

	constructor(origin: string) {
		this.origin = origin;
		const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
		this.#key = privateKey;
		const { x = "", y = "" } = publicKey.export({ format: "jwk" });
		this.#coordinates = { x: Buffer.from(x, "base64url"), y: Buffer.from(y, "base64url") };
	}

	create({ challenge, rp, user }: Options, { fmt = "none", attStmt = new Map() } = {}): CreatedCredential {
		this.#userHandle = user!.id;
		const { x, y } = this.#coordinates;
		const key = new Map<Cbor, Cbor>([
			[COSE.kty, 2],
			[COSE.alg, -7],
			[COSE.crv, 1],
			[COSE.x, x],
			[COSE.y, y],
		]);
		const id = Buffer.from(this.id, "base64url");
		const credential = [Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)];
		const authData = Buffer.concat([this.#dataOf(rp!.id, ATTESTED), ...credential]);
		const attestation = new Map<Cbor, Cbor>([
			["fmt", fmt],
			["attStmt", attStmt],
			["authData", authData],
		]);
		const clientDataJSON = this.#clientData("webauthn.create", challenge).toString("base64url");
		return this.#credential({ clientDataJSON, attestationObject: cbor(attestation).toString("base64url") });
	}

	get({ challenge, rpId }: Options): UsedCredential {
		const data = this.#clientData("webauthn.get", challenge);
		const authenticatorData = this.#dataOf(rpId!);
		const hash = createHash("sha256").update(data).digest();
		return this.#credential({
			clientDataJSON: data.toString("base64url"),
			authenticatorData: authenticatorData.toString("base64url"),
			signature: sign("sha256", Buffer.concat([authenticatorData, hash]), this.#key).toString("base64url"),
			userHandle: this.#userHandle,
		});
	}

	#credential<R>(response: R) {
		return { id: this.id, rawId: this.id, type: "public-key" as const, response };
	}

	#clientData(type: string, challenge: string): Buffer {
		return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
	}

	#dataOf(rpId: string, flags = 0): Buffer {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(this.counter);
		const rpIdHash = createHash("sha256").update(rpId).digest();
		return Buffer.concat([rpIdHash, Buffer.from([USER_PRESENT | USER_VERIFIED | flags]), counter]);
	}
}

type Cbor = number | string | Buffer | readonly Cbor[] | Map<Cbor, Cbor>;

/** Encodes as CBOR (RFC 8949), as far as passkeys need it. */
function cbor(value: Cbor): Buffer {
	if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
	if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
	if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
	if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)]);
	return Buffer.concat([head(4, value.length), ...value.map(cbor)]);
}

function head(major: number, length: number): Buffer {
	if (length < 24) return Buffer.from([(major << 5) | length]);
	return length < 256
		? Buffer.from([(major << 5) | 24, length])
		: Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
