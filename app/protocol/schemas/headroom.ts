import * as v from "valibot";
import { SHAPE } from "./fields.ts";

const COUNT = "A capacity is a number of users, and of messages a second.";
const Count = v.pipe(v.number(COUNT), v.finite(COUNT), v.minValue(0, COUNT), v.maxValue(1e9, COUNT));

/** `PUT /api/capacity` */
export const CapacitySchema = v.object({ users: v.pipe(Count, v.integer(COUNT)), messagesPerS: Count }, SHAPE);
