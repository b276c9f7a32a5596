import type { Caller, Cell, Premises } from "@espalier/policy";
import { table } from "../../view/table.ts";

type CallOf = Cell["calls"][number];

/**
 * A row a caller, a column a service: allowed, denied, or the calls that are allowed; a question mark where it depends. Cells are in
 * the order of `callers` and of the services.
 */
export function matrixText(
  { services }: Premises,
  callers: readonly Pick<Caller, "name" | "identity">[],
  cells: readonly Cell[],
): string {
  const rows = callers.map(({ name, identity }, row) => [
    isAssumed(identity) ? `${name} (1)` : name,
    ...services.map((_, column) => cellText(cells[row * services.length + column])),
  ]);
  const text = table(["", ...services.map(({ name }) => name)], rows);
  const notes = [
    ...(cells.some(({ calls }) => calls.some(({ extent }) => extent === "partly"))
      ? ["?  it depends on the request, on tags of the session or on the VPC it comes from"]
      : []),
    ...(callers.some(({ identity }) => isAssumed(identity))
      ? ["(1) as far as its own policies or its permissions boundary, which are not read, allow it too"]
      : []),
  ];
  return [text, ...notes].join("\n");
}

const isAssumed = (identity: Caller["identity"]) =>
  identity.type === "unknown" || (identity.type === "policies" && identity.boundary !== undefined);

function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell.extent === "denied") return "denied";
  if (cell.extent === "allowed") return "allowed";
  const general = (call: CallOf) =>
    cell.calls.find((other) => other !== call && covers(other, call) && other.extent === call.extent) ===
    undefined;
  const some = cell.calls.filter((call) => call.extent !== "denied" && general(call)).map(callText);
  const except = cell.calls
    .filter((call) => call.extent === "denied" && general(call))
    .filter((call) => cell.calls.some((other) => other.extent !== "denied" && covers(other, call)))
    .map((call) => callText({ ...call, extent: "allowed" }));
  return [some.join(", "), ...(except.length > 0 ? [`not ${except.join(", ")}`] : [])].join(" but ");
}

/** Whether a kind of call stands for another one too. */
const covers = (one: CallOf, other: CallOf): boolean =>
  (one.method === "*" || one.method === other.method) && (one.path === "*" || one.path === other.path);

function callText({ method, path, extent }: CallOf): string {
  const what =
    path === "*" ? (method === "*" ? "all" : `${method} all`) : method === "*" ? path : `${method} ${path}`;
  return extent === "partly" ? `${what}?` : what;
}
