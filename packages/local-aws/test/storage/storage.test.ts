import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { takeDataDirectory } from "../../src/storage/data-directory.ts";
import { journalOf, journalText, left, listsIn, openedDirectory, temporaryDirectory } from "./storage-rig.ts";

/** What is written when the turn is over. */
const turn = () => Promise.resolve();

describe("a kept map", () => {
  test("holds what it held when the process ended, in the order it was first put", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const roles = first.storage.map<{ n: number }>("roles");
    roles.set("a", { n: 1 }).set("b", { n: 2 }).set("c", { n: 3 }).set("a", { n: 4 });
    roles.delete("b");
    await turn();
    await left(first);

    const { storage } = await openedDirectory(path);
    expect([...storage.map("roles")]).toEqual([
      ["a", { n: 4 }],
      ["c", { n: 3 }],
    ]);
    expect([...storage.map("others")]).toEqual([]);
  });

  test("holds dates, bytes, maps, sets and odd numbers, and data that looks like their written form", async () => {
    const path = temporaryDirectory();
    const value = {
      at: new Date(5),
      bytes: Buffer.from([0, 255]),
      map: new Map([["k", new Set([1])]]),
      odd: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      alike: { $is: "date", value: { $is: 3 } },
      text: 'a "$is" \n\u2028',
    };
    const first = await openedDirectory(path);
    first.storage.map("data").set("k", value);
    await turn();
    await left(first);
    const { storage } = await openedDirectory(path);
    expect(storage.map("data").get("k")).toEqual(value);
  });

  test("is on disk once the turn is over, as one line however much was changed", async () => {
    const path = temporaryDirectory();
    const { storage } = await openedDirectory(path, () => 7);
    const before = journalText(path);
    storage.map("a").set("1", "x").set("2", "y").delete("1");
    storage.map("b").set("1", "z");
    expect(journalText(path)).toBe(before);
    await turn();
    expect(journalText(path).slice(before.length)).toBe(
      '{"at":7,"changes":[["a","1"],["a","2","y"],["b","1","z"]]}\n',
    );
  });

  test("is written by its form", async () => {
    const path = temporaryDirectory();
    const form = { write: (value: bigint) => String(value), read: (text: unknown) => BigInt(String(text)) };
    const first = await openedDirectory(path);
    first.storage.map("big", form).set("k", 12n);
    await turn();
    await left(first);
    const second = await openedDirectory(path);
    expect(second.storage.map("big", form).get("k")).toBe(12n);
  });

  test("is kept though nobody asked for it before the next restart", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    first.storage.map("rare").set("k", 1);
    await turn();
    await left(first);
    await left(await openedDirectory(path));
    const { storage } = await openedDirectory(path);
    expect(storage.map("rare").get("k")).toBe(1);
  });

  test("forgets what it is told after its directory was left", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const map = first.storage.map<number>("a").set("k", 1);
    await turn();
    await left(first);
    map.set("k", 2);
    await turn();
    const { storage } = await openedDirectory(path);
    expect(storage.map("a").get("k")).toBe(1);
  });
});

describe("a kept list and kept files", () => {
  test("are there again", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const list = first.storage.list<number>("a");
    list.append(1);
    list.append(2);
    await turn();
    list.append(3);
    first.storage.files("bodies").write("../x", Buffer.from("body"));
    await left(first);

    const { storage } = await openedDirectory(path);
    expect(storage.list("a").read()).toEqual([1, 2, 3]);
    expect(Buffer.from(storage.files("bodies").read("../x")).toString()).toBe("body");
    storage.list("a").rewrite([9]);
    expect(storage.list("a").read()).toEqual([9]);
    storage.list("a").remove();
    expect(storage.list("a").read()).toEqual([]);
  });

  test("lose no more than the turn that was being written", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const list = first.storage.list<string>("a");
    list.append("kept");
    await turn();
    list.append("torn");
    await left(first);
    for (const file of listsIn(path)) truncateSync(file, readFileSync(file).length - 3);

    const { storage } = await openedDirectory(path);
    const again = storage.list<string>("a");
    expect(again.read()).toEqual(["kept"]);
    again.append("next");
    await turn();
    expect(again.read()).toEqual(["kept", "next"]);
  });
});

describe("a journal", () => {
  test("torn at any byte of its last line holds the state before it", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const map = first.storage.map<string>("a").set("k", "before");
    await turn();
    const whole = journalText(path).length;
    map.set("k", "after");
    await turn();
    await left(first);
    const text = journalText(path);
    for (let end = text.length - 1; end >= whole; end -= 1) {
      writeFileSync(journalOf(path), text.slice(0, end));
      const opened = await openedDirectory(path);
      expect(opened.storage.map("a").get("k")).toBe("before");
      await left(opened);
    }
  });

  test("does not grow by restarts, and says how often it was taken up and when it was left", async () => {
    const path = temporaryDirectory();
    const sizes: number[] = [];
    for (const start of [0, 1, 2]) {
      const opened = await openedDirectory(path, () => 100 + start);
      expect(opened.directory.starts).toBe(start);
      expect(opened.directory.leftAt).toBe(start === 0 ? undefined : 99 + start);
      opened.storage.map("a").set("k", 1);
      await turn();
      await left(opened);
      sizes.push(journalText(path).split("\n").length);
    }
    expect(sizes[2]).toBe(sizes[1]);
  });

  test("is written anew while it is in use, and loses nothing of what changes meanwhile", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    const map = first.storage.map<string>("a");
    const filler = "x".repeat(10_000);
    // 40 MB of changes to 2,000 keys of 20 MB in all.
    for (let turns = 0; turns < 4; turns += 1) {
      for (let key = 0; key < 2000; key += 1) {
        map.set(`k${key}`, `${turns} ${filler}`);
        if (key % 3 === turns % 3) map.delete(`k${key - 1}`);
        if (key % 50 === 0) await new Promise(setImmediate);
      }
    }
    await turn();
    const expected = [...map];
    await left(first);
    expect(journalText(path).length).toBeLessThan(70_000_000);
    const { storage } = await openedDirectory(path);
    expect(new Map(storage.map("a"))).toEqual(new Map(expected));
  });

  test.for([
    [
      "of another version",
      '{"format":"journal of espalier\'s local AWS","version":99,"starts":1}\n',
      /form 99/,
    ],
    ["of another program", "PRAGMA\n", /is no journal of espalier's local AWS; name an empty directory/],
    ["without a line", "PRAGMA", /is no journal/],
  ] as const)("%s is refused", async ([, text, message]) => {
    const path = temporaryDirectory();
    writeFileSync(journalOf(path), text);
    await expect(takeDataDirectory(path)).rejects.toThrow(message);
    await expect(takeDataDirectory(path)).rejects.toMatchObject({ name: "DataDirectoryError" });
    expect(journalText(path)).toBe(text);
  });

  test("damaged before its end is refused by the line, and stays as it is", async () => {
    const path = temporaryDirectory();
    await left(await openedDirectory(path));
    appendFileSync(journalOf(path), 'oops\n{"at":0,"changes":[]}\n');
    const text = journalText(path);
    await expect(takeDataDirectory(path)).rejects.toThrow(
      /^line 3 of .*journal\.jsonl is damaged; remove it/,
    );
    expect(journalText(path)).toBe(text);
  });
});

describe("a data directory", () => {
  test("is one process's alone, until that one lets it go", async () => {
    const path = temporaryDirectory();
    const first = await openedDirectory(path);
    await expect(takeDataDirectory(path)).rejects.toThrow(
      `${path} is in use by process ${process.pid}; stop that one or name another directory`,
    );
    await left(first);
    await left(await openedDirectory(path));
  });

  test("is made where there is none, and not taken from others", async () => {
    const path = temporaryDirectory();
    await left(await openedDirectory(join(path, "a", "b")));
    await expect(takeDataDirectory(path)).rejects.toThrow(
      `${path} holds a and no state of a local AWS; name an empty directory`,
    );
    writeFileSync(join(path, "file"), "");
    await expect(takeDataDirectory(join(path, "file"))).rejects.toThrow(
      /cannot be made or used: .*; name another directory/,
    );
  });

  test("is empty after it was emptied, whatever the old storage is told", async () => {
    const path = temporaryDirectory();
    const { directory, storage } = await openedDirectory(path);
    const old = storage.map("a").set("k", 1);
    storage.list("l").append(1);
    await turn();
    directory.empty();
    old.set("late", 1);
    const emptied = directory.open(() => 0);
    expect(emptied.map("a").size).toBe(0);
    emptied.map("a").set("new", 2);
    await turn();
    await directory.close();
    const again = await openedDirectory(path);
    expect([...again.storage.map("a")]).toEqual([["new", 2]]);
    expect(again.storage.list("l").read()).toEqual([]);
  });
});
