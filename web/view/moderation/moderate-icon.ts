/** A path on a 24 × 24 grid, as `Icon` has them. */
export const MODERATE = "M12 3.5l7 2.5v5.5c0 4-3 7-7 9-4-2-7-5-7-9V6z";
