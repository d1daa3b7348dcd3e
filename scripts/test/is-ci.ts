/** Whether this is a run that may skip nothing. */
export const isCi = ["1", "true"].includes(process.env.CI ?? "");
