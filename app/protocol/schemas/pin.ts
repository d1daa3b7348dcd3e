import * as v from "valibot";
import { SHAPE } from "./fields.ts";
import { Change, On } from "./message.ts";

/** `pin:set` */
export const PinSetSchema = v.object({ ...Change, on: On }, SHAPE);
