import { noViolations } from "./no-violations.ts";

noViolations(101, 100);
