import { MessageReportSchema } from "../../protocol/schemas/report.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function reportCommands({ reports }: Pick<Chat, "reports">) {
	return {
		"message:report": command(MessageReportSchema, (connection, request) => reports.report(connection, request)),
	};
}
