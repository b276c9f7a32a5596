import { parsePolicy } from "@espalier/policy";

interface Event {
  readonly text: string;
}

export const handler = async ({ text }: Event): Promise<string> => parsePolicy(text).Version ?? "none";
