import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** Who may import whom. Everything points inwards; ARCHITECTURE.md has the same table in words. */
const mayImport: Record<string, readonly (string | RegExp)[]> = {
  "packages/evidence": ["zod"],
  "packages/policy": ["zod"],
  "packages/rollout": ["@espalier/evidence", "zod", "croner"],
  "packages/topology": ["@espalier/policy", "zod", "yaml"],
  "packages/simulation": ["@espalier/rollout", "@espalier/evidence", "zod"],
  "packages/signed-fetch": ["@smithy/signature-v4", "@smithy/types"],
  "packages/workflows": ["@espalier/rollout"],
  "packages/lattice": [
    /^@espalier\/(rollout|topology|policy)$/,
    /^@aws-sdk\/client-(vpc-lattice|ram|lambda|ssm|sts|cloudwatch-logs)$/,
  ],
  functions: [
    /^@espalier\/(rollout|evidence|topology|policy|lattice|signed-fetch)$/,
    /^@aws-sdk\//,
    /^@middy\//,
    /^@aws-lambda-powertools\//,
    "aws-lambda",
    "zod",
  ],
  "packages/shop": ["@espalier/signed-fetch"],
  "packages/local-aws": [
    /^@espalier\/(policy|signed-fetch)$/,
    /^@aws-sdk\//,
    /^@smithy\//,
    "@peculiar/x509",
    "croner",
    "dynalite",
    "ipaddr.js",
    "jsonata",
    "reflect-metadata",
    "pure-rand",
    "undici",
    "zod",
  ],
  "packages/local-deploy": ["@espalier/local-aws", "zod"],
  "packages/cli": [
    /^@espalier\/(rollout|topology|policy|lattice|simulation|workflows|local-aws|local-deploy|shop)$/,
    /^@aws-sdk\//,
    "citty",
    "picocolors",
    "yaml",
  ],
  stacks: ["@espalier/workflows"],
};

/** Files of the cli that may start the embedded AWS and the sample; the rest of the command works on any AWS. */
const startsLocal = /^packages\/cli\/src\/(local|demonstration)\//;
const localOnly = ["@espalier/local-aws", "@espalier/local-deploy", "@espalier/shop"];

const sources = (room: string) =>
  globSync(`${room}/**/*.{ts,js,mjs,cjs}`, {
    cwd: root,
    exclude: (f) => /node_modules|test|\.d\.ts$/.test(f),
  });

function imports(file: string): string[] {
  const code = readFileSync(path.join(root, file), "utf8");
  const found = code.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^"'`;=()]*?\sfrom\s)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g,
  );
  return [...found].flatMap((match) => match[1] ?? match[2] ?? []);
}

const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const allowed = (room: string, name: string) =>
  (mayImport[room] ?? []).some((rule) => (typeof rule === "string" ? rule === name : rule.test(name)));

describe("the house", () => {
  test("has a row in the table for every room", () => {
    const rooms = [
      ...globSync("packages/*/package.json", { cwd: root }),
      "functions/package.json",
      "stacks/package.json",
    ];
    expect(rooms.map((file) => path.dirname(file)).sort()).toEqual(Object.keys(mayImport).sort());
  });

  describe.for(Object.keys(mayImport))("%s", (room) => {
    test("imports only what the table allows it", () => {
      const strangers = sources(room).flatMap((file) =>
        imports(file)
          .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
          .map(packageOf)
          .filter((name) => !allowed(room, name))
          .map((name) => `${file} imports ${name}`),
      );
      expect(strangers).toEqual([]);
    });

    test("declares only what the table allows it, each version exactly", () => {
      const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, room, "package.json"), "utf8"));
      const names = Object.keys(dependencies).filter((name) => !name.startsWith("@types/"));
      expect(names.filter((name) => !allowed(room, name))).toEqual([]);
      expect(
        Object.values<string>(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version)),
      ).toEqual([]);
    });

    test("reaches into no other room by a path", () => {
      const outside = sources(room).flatMap((file) =>
        imports(file)
          .filter((specifier) => specifier.startsWith("."))
          .filter((specifier) =>
            path.relative(room, path.join(path.dirname(file), specifier)).startsWith(".."),
          )
          .map((specifier) => `${file} imports ${specifier}`),
      );
      expect(outside).toEqual([]);
    });
  });

  test("starts the embedded AWS from two folders of the command only", () => {
    const strays = sources("packages/cli")
      .filter((file) => !startsLocal.test(file))
      .filter((file) => imports(file).some((specifier) => localOnly.includes(specifier)));
    expect(strays).toEqual([]);
  });

  test.for(["packages/evidence", "packages/rollout", "packages/topology", "packages/policy"])(
    "%s asks no clock, throws no dice and does no I/O",
    (room) => {
      const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|\bfetch\(|process\.|performance\.now\(/;
      // Compressing is a function of bytes, whoever's module it is.
      const worldly = (specifier: string) => specifier.startsWith("node:") && specifier !== "node:zlib";
      const found = sources(room).filter((file) => {
        const code = readFileSync(path.join(root, file), "utf8");
        return impure.test(code) || imports(file).some(worldly);
      });
      expect(found).toEqual([]);
    },
  );
});
