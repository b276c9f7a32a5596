import { noViolations } from "./no-violations.ts";

noViolations(1, 100);
