/** By how much a rate is bet to be below a line: the fractions f of the tests in its favour, which all weigh alike. */
export const MARGINS = [0.1, 0.25, 0.5, 0.75, 0.95] as const;
