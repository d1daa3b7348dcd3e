/** Whether this run may skip nothing. */
export const isCi = ["1", "true"].includes(process.env.CI ?? "");
