/** The bodies and parameters of the routes for roles, access, the claim of a chat and invitations. */
import * as v from "valibot";
import { INVITATION_DAYS, INVITATION_USES, MAX_INVITATION_DAYS, MAX_INVITATION_USES } from "../limits.ts";
import { ACCESS_LEVELS, ROLES } from "../people.ts";
import { SHAPE, UserId } from "./fields.ts";
import { NameSchema, RoomSchema } from "./names.ts";

const CODE = "A code is the part of a link after the #.";
/** The length is checked first: a code of another length costs nothing. */
const Code = v.pipe(v.string(CODE), v.maxLength(64, CODE), v.nonEmpty(CODE));

function count(noun: string, max: number, fallback: number) {
	const sentence = `${noun} is a whole number from 1 to ${max}.`;
	return v.optional(
		v.pipe(v.number(sentence), v.integer(sentence), v.minValue(1, sentence), v.maxValue(max, sentence)),
		fallback,
	);
}

/** `POST /api/claim` */
export const ClaimSchema = v.object({ code: Code }, SHAPE);
/** `POST /api/invitations` */
export const InvitationSchema = v.object(
	{
		room: v.optional(RoomSchema),
		uses: count("The number of uses", MAX_INVITATION_USES, INVITATION_USES),
		days: count("The number of days", MAX_INVITATION_DAYS, INVITATION_DAYS),
	},
	SHAPE,
);
/** `POST /api/invitations/redeem` */
export const RedeemSchema = v.object({ code: Code, name: v.optional(NameSchema) }, SHAPE);
const INVITATION_ID = "An invitation is named by its id, which GET /api/invitations lists.";
/** `/api/invitations/:id` */
export const InvitationParams = v.object({ id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, INVITATION_ID)) });
/** `/api/people/:user` */
export const PersonParams = v.object({ user: UserId });
/** `DELETE /api/data` */
export const RemovalSchema = v.object(
	{ messages: v.picklist(["keep", "remove"], 'Whether your messages stay: "keep" or "remove".') },
	SHAPE,
);
/** `PUT /api/people/:user` */
export const RoleSchema = v.object(
	{ role: v.picklist(ROLES, `A role is one of ${ROLES.join(", ")}.`), name: v.optional(NameSchema) },
	SHAPE,
);
/** `PUT /api/access` */
export const AccessSchema = v.object(
	{ access: v.picklist(ACCESS_LEVELS, `The access is one of ${ACCESS_LEVELS.join(", ")}.`) },
	SHAPE,
);
