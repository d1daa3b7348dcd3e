/** The payload of `message:report`, and the parameters of the routes for reports. */
import * as v from "valibot";
import { MAX_REASON_CHARS } from "../limits.ts";
import { SHAPE, tooLong } from "./fields.ts";
import { Change } from "./message.ts";
import { FORBIDDEN_IN_NAMES } from "./names.ts";

/** `message:report` */
export const MessageReportSchema = v.object(
	{
		room: Change.room,
		target: Change.target,
		reason: v.optional(
			v.pipe(
				v.string("A reason is a text."),
				v.maxLength(MAX_REASON_CHARS, tooLong("A reason", MAX_REASON_CHARS)),
				v.check((text) => !FORBIDDEN_IN_NAMES.test(text), "A reason is one line without control characters."),
				v.transform((text) => text.trim() || undefined),
			),
		),
	},
	SHAPE,
);

const REPORT_ID = "A report is named by its id, which GET /api/reports lists.";
/** `/api/reports/:id` */
export const ReportParams = v.object({
	id: v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/, REPORT_ID), v.transform(Number)),
});
