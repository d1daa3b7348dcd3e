import { Buffer } from "node:buffer";
import { PASSKEY_MS } from "../protocol/limits.ts";
import type { Clock } from "../room/ports/clock.ts";
import type { CreatedCredential, WebAuthn } from "../room/ports/web-authn.ts";
import { Challenges } from "./challenges.ts";

/** What passkey managers show beside the host. */
const SITE_NAME = "Hubbub";
/** The subject of the challenges that sign in: nobody is known yet. No id of a user has a space. */
const ANYBODY = "sign in";
/** EdDSA, ES256 and RS256. */
const ALGORITHMS = [-8, -7, -257];

/** Imported when it is first used: it takes longer to load than the rest of the server. */
const library = () => import("@simplewebauthn/server");

type WebAuthnDeps = { secret: string; clock: Pick<Clock, "now"> };

/** Returns Web Authentication by `@simplewebauthn/server`. */
export function createWebAuthn({ secret, clock }: WebAuthnDeps): WebAuthn {
	const challenges = new Challenges(secret);

	/** Returns a check of challenges, which remembers when the accepted one was issued. */
	function expected(subject: string) {
		let issuedAt: number | undefined;
		return {
			accept(challenge: string): boolean {
				issuedAt = challenges.issuedAt(subject, challenge);
				const age = issuedAt === undefined ? Number.NaN : clock.now() - issuedAt;
				return Math.abs(age) <= PASSKEY_MS;
			},
			issuedAt: () => issuedAt ?? 0,
		};
	}

	return {
		async creationOptions(user, party, known) {
			const { generateRegistrationOptions } = await library();
			return generateRegistrationOptions({
				rpName: SITE_NAME,
				rpID: party.id,
				userName: user.name,
				userDisplayName: user.name,
				userID: new TextEncoder().encode(user.id),
				challenge: challenges.issue(user.id, clock.now()),
				timeout: PASSKEY_MS,
				attestationType: "none",
				// Without them, an authenticator would replace the passkey that it has.
				excludeCredentials: known.map(({ id }) => ({ id })),
				authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
				supportedAlgorithmIDs: ALGORITHMS,
			});
		},

		async created(user, party, credential) {
			const { verifyRegistrationResponse } = await library();
			const challenge = expected(user.id);
			if (!(await isWithoutCertificates(credential))) return undefined;
			const verified = await genuine(() =>
				verifyRegistrationResponse({
					response: { ...credential, clientExtensionResults: {} },
					expectedChallenge: challenge.accept,
					expectedOrigin: [...party.origins],
					expectedRPID: party.id,
					requireUserVerification: false,
					supportedAlgorithmIDs: ALGORITHMS,
				}),
			);
			if (!verified?.verified) return undefined;
			const { id, publicKey, counter } = verified.registrationInfo.credential;
			return { id, publicKey: Buffer.from(publicKey).toString("base64url"), counter };
		},

		async requestOptions(party) {
			const { generateAuthenticationOptions } = await library();
			return generateAuthenticationOptions({
				rpID: party.id,
				challenge: challenges.issue(ANYBODY, clock.now()),
				timeout: PASSKEY_MS,
				userVerification: "preferred",
			});
		},

		async used(passkey, party, { response, ...credential }) {
			const { verifyAuthenticationResponse } = await library();
			const challenge = expected(ANYBODY);
			const { userHandle, ...signed } = response;
			const handle = Buffer.from(userHandle ?? "", "base64url").toString();
			if (handle !== "" && handle !== passkey.user.id) return undefined;
			const verified = await genuine(() =>
				verifyAuthenticationResponse({
					response: { ...credential, response: signed, clientExtensionResults: {} },
					expectedChallenge: challenge.accept,
					expectedOrigin: [...party.origins],
					expectedRPID: party.id,
					credential: {
						id: passkey.id,
						publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
						counter: passkey.counter,
					},
					requireUserVerification: false,
				}),
			);
			if (!verified?.verified) return undefined;
			return { counter: verified.authenticationInfo.newCounter, challengedAt: challenge.issuedAt() };
		},
	};
}

/**
 * Returns whether the credential has no certificates. None are requested, and browsers leave them out; the library would
 * fetch the revocation lists that a made-up certificate names.
 */
async function isWithoutCertificates({ response }: CreatedCredential): Promise<boolean> {
	const { decodeAttestationObject } = await import("@simplewebauthn/server/helpers");
	const isWithout = await genuine(async () => {
		const attestation = decodeAttestationObject(Buffer.from(response.attestationObject, "base64url"));
		const format = attestation.get("fmt");
		return format === "none" || (format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
	});
	return isWithout === true;
}

/** Returns undefined where the library throws: that is how it refuses what is not genuine. */
async function genuine<T>(verify: () => Promise<T>): Promise<T | undefined> {
	try {
		return await verify();
	} catch {
		return undefined;
	}
}
