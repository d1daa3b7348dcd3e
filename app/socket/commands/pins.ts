import { PinSetSchema } from "../../protocol/schemas/pin.ts";
import type { Chat } from "../../room/chat.ts";
import { command } from "./command.ts";

export function pinCommands({ pins }: Pick<Chat, "pins">) {
	return { "pin:set": command(PinSetSchema, (...args) => pins.set(...args)) };
}
