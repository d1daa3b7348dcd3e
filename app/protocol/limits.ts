/**
 * Sizes that client and server agree on. Lengths in characters are UTF-16 code units, as in `String.length` and in HTML's
 * `maxlength`.
 */

/** Maximum length of a message's text, unless the operator sets `LIMIT_BODY_CHARS`. */
export const MAX_BODY_CHARS = 4_000;
/** Maximum length of a display name. */
export const MAX_NAME_CHARS = 32;
/** Maximum length of a room's name (rule R1). */
export const MAX_ROOM_CHARS = 64;
/** Maximum length of a private room's topic. */
export const MAX_TOPIC_CHARS = 256;
/** Maximum people of a direct room. */
export const MAX_DIRECT_PEOPLE = 8;
/** Maximum members of a private room. */
export const MAX_ROOM_MEMBERS = 1_000;
/** Maximum private rooms that one user has created, and maximum private rooms of which one user is a member. */
export const MAX_PRIVATE_ROOMS = 200;
/** Maximum rooms in one `rooms:join`. */
export const MAX_JOINS = 20;
/** Maximum messages in the ack of a join without a cursor. */
export const JOIN_MESSAGES = 50;
/** Maximum entries in the ack of a resume. A client that missed more starts over (`gap: true`). */
export const RESUME_ENTRIES = 2_000;
/**
 * Maximum characters in the ack of a resume, so that it fits through a slow connection: those of the texts, and
 * `ENTRY_CHARS` for each entry. After this many characters the ack of `rooms:join` contains no further room.
 */
export const RESUME_CHARS = 262_144;
/** Characters that an entry counts for beside its text: about what its other fields take. */
export const ENTRY_CHARS = 100;
/** Maximum messages or entries in the ack of `message:history` and `log:since`. */
export const MAX_PAGE = 100;
/** Maximum different emoji in the reactions to one message. */
export const REACTION_KINDS = 20;
/** Maximum people who are named with a reaction. */
export const REACTION_USERS = 20;
/**
 * Maximum people who are named with the reactions of a page, or of the ack of a join. With these, 20 reactions to each of 50
 * ordinary messages at most double the bytes of a join.
 */
export const PAGE_REACTION_USERS = 60;
/** Maximum mentions in one message. */
export const MAX_MENTIONS = 50;
/** Maximum people in a room where a message may mention everybody. */
export const EVERYBODY_MEMBERS = 20;
/** Maximum length of a search. */
export const MAX_SEARCH_CHARS = 200;
/** Maximum pinned messages of a room. */
export const MAX_PINS = 50;
/** Maximum files of one message. */
export const MAX_FILES = 10;
/** Maximum length of a file's name. A longer one is shortened. */
export const MAX_FILE_NAME_CHARS = 255;
/** Maximum length of the description of a picture. */
export const MAX_ALT_CHARS = 1_000;
/** Maximum pixels of a picture that is shown within the page. A larger one is a file to download. */
export const MAX_PIXELS = 50_000_000;
/** A room with at most this many members is listed by name; a larger one is a count (rule P1). */
export const PRESENCE_LIST_MEMBERS = 100;
/** Members of a larger room that a snapshot names. */
export const PRESENCE_SAMPLE_MEMBERS = 20;
/** Time after which a user who sent `typing:start` no longer counts as typing, in milliseconds. */
export const TYPING_TTL_MS = 6_000;
/** Uses of an invitation where its request names none, and at most. */
export const INVITATION_USES = 20;
export const MAX_INVITATION_USES = 1_000;
/** Days for which an invitation can be used where its request names none, and at most. */
export const INVITATION_DAYS = 7;
export const MAX_INVITATION_DAYS = 90;
/** Maximum invitations that can be used at a time. */
export const MAX_INVITATIONS = 200;
/** Maximum people who are named with an invitation. */
export const INVITATION_USERS = 20;
/** Maximum passkeys of one user. */
export const MAX_PASSKEYS = 20;
/** Recovery codes that come with the first passkey. */
export const RECOVERY_CODES = 8;
/** Maximum sessions of a user who has a passkey or signed in a second device. The oldest ends for one more. */
export const MAX_SESSIONS = 50;
/** Time for which the link for another device can be used, in milliseconds. */
export const SIGN_IN_LINK_MS = 5 * 60 * 1_000;
/** Time between the options of a passkey and its use, in milliseconds. */
export const PASSKEY_MS = 5 * 60 * 1_000;

/** Maximum characters of the reason of a report, a ban or another action of a moderator. */
export const MAX_REASON_CHARS = 500;
/** Maximum reports on a page. */
export const MAX_REPORT_PAGE = 20;
