import { createContext } from "preact";

/** The id of the signed-in user, for what is drawn of messages. */
export const OwnId = createContext<string | undefined>(undefined);
