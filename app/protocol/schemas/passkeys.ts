/** The bodies and parameters of the routes for passkeys, sessions and codes. Lengths come first: what is too long is not decoded. */
import * as v from "valibot";
import { SHAPE } from "./fields.ts";

const CREDENTIAL = "Send the credential as the browser's toJSON() writes it.";

/** `maxBytes` in base64url. */
function bytes(maxBytes: number) {
	return v.pipe(
		v.string(CREDENTIAL),
		v.maxLength(Math.ceil((maxBytes * 4) / 3), CREDENTIAL),
		v.regex(/^[\w-]*$/, CREDENTIAL),
	);
}

/** The longest that Web Authentication allows. */
const CredentialId = bytes(1_023);
const ClientData = bytes(4_096);
const Common = { id: CredentialId, rawId: CredentialId, type: v.literal("public-key", CREDENTIAL) };

/** `POST /api/passkeys` */
export const CreatedCredentialSchema = v.object(
	{
		credential: v.object(
			{
				...Common,
				response: v.object({ clientDataJSON: ClientData, attestationObject: bytes(8_192) }, CREDENTIAL),
			},
			CREDENTIAL,
		),
	},
	SHAPE,
);

/** `POST /api/session/passkey` */
export const UsedCredentialSchema = v.object(
	{
		credential: v.object(
			{
				...Common,
				response: v.object(
					{
						clientDataJSON: ClientData,
						authenticatorData: bytes(2_048),
						signature: bytes(1_024),
						userHandle: v.nullish(bytes(64)),
					},
					CREDENTIAL,
				),
			},
			CREDENTIAL,
		),
	},
	SHAPE,
);

const CODE = "A code has letters and digits, in groups of four.";
/** `POST /api/session/code` */
export const SignInCodeSchema = v.object(
	{ code: v.pipe(v.string(CODE), v.maxLength(64, CODE), v.nonEmpty(CODE)) },
	SHAPE,
);

/** `/api/passkeys/:id` */
export const PasskeyParams = v.object({
	id: v.pipe(
		v.string(),
		v.maxLength(1_364),
		v.regex(/^[\w-]+$/, "A passkey is named by its id, which GET /api/passkeys lists."),
	),
});
/** `/api/sessions/:id` */
export const SessionParams = v.object({
	id: v.pipe(v.string(), v.regex(/^[\da-f]{32}$/, "A session is named by its id, which GET /api/sessions lists.")),
});
