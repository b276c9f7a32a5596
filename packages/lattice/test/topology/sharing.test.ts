import {
  AcceptResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
} from "@aws-sdk/client-ram";
import { plan, readDocument } from "@espalier/topology";
import { describe, expect, test } from "vitest";
import type { TopologyClients } from "../../src/index.ts";
import { runningLattice } from "./running-lattice.ts";

const other = "222222222222";
const third = "333333333333";
const found = { fixedResponse: 404 };
const listeners = { http: { protocol: "HTTP", defaultAction: found } };

/** Accepts whatever the account of these clients is invited to share. */
async function accept({ ram }: TopologyClients) {
  const { resourceShareInvitations = [] } = await ram.send(new GetResourceShareInvitationsCommand({}));
  for (const { resourceShareInvitationArn, status } of resourceShareInvitations)
    if (status === "PENDING")
      await ram.send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
}

/** A network that a platform's document makes and shares, and the clients of the account it is shared with. */
async function platform(principals = [other], latency = 0) {
  const lattice = await runningLattice(latency);
  const document = (principals?: string[]) =>
    readDocument({
      name: "platform",
      networks: { market: { share: principals && { principals } } },
    });
  const report = await lattice.apply(document(principals));
  const theirs = lattice.clientsOf(other);
  await accept(theirs);
  const [network] = (await lattice.read(document(principals))).networks;
  if (!network) throw new Error("there is no network");
  return { ...lattice, document, report, theirs, network };
}

/** Another account's document, whose service joins a network that it calls `far`. */
const payments = (far: unknown, networks = ["far"]) =>
  readDocument({
    name: "payments",
    ...(far === undefined ? {} : { networks: { far } }),
    services: { payment: { networks, listeners } },
  });

describe("a network that is shared", () => {
  test("is so after one apply, and nothing is left to do", async () => {
    const { apply, document, report } = await platform();
    expect(report).toMatchObject({ created: 2, failures: [] });
    expect(await apply(document([other]))).toMatchObject({ changes: [], unchanged: 2 });
  });

  test("is joined from another account by its ARN, and left again", async () => {
    const { apply, read, theirs, network, document } = await platform();
    const joining = payments({ arn: network.arn });
    expect(await apply(joining, theirs)).toMatchObject({ created: 3, failures: [] });
    expect(await apply(joining, theirs)).toMatchObject({ changes: [], unchanged: 4 });
    const [seen] = (await read(document([other]))).networks;
    expect(seen?.services).toMatchObject([
      { service: "payment", serviceArn: expect.stringContaining(`:${other}:service/`), tags: {} },
    ]);
    expect(await apply(payments(undefined, []), theirs)).toMatchObject({ deleted: 1, failures: [] });
    expect((await read(document([other]))).networks[0]?.services).toEqual([]);
  });

  test("is joined while everything takes its time to become ACTIVE", async () => {
    const { apply, read, theirs, network } = await platform([other], 3_000);
    const joining = payments({ arn: network.arn });
    expect(await apply(joining, theirs)).toMatchObject({ created: 3, failures: [] });
    const { otherNetworks } = await read(joining, theirs);
    expect(otherNetworks[0]?.services).toMatchObject([{ service: "payment", status: "ACTIVE" }]);
    expect(await apply(readDocument({ name: "payments" }), theirs)).toMatchObject({
      deleted: 2,
      failures: [],
    });
  });

  test("is found by its name too, where there is one of that name", async () => {
    const { apply, read, theirs, network } = await platform();
    const joining = readDocument({
      name: "payments",
      networks: { market: "external" },
      services: { payment: { networks: ["market"], listeners } },
    });
    expect(await apply(joining, theirs)).toMatchObject({ created: 3, failures: [] });
    const own = readDocument({ name: "mine", networks: { market: {} } });
    await apply(own, theirs);
    const { changes } = plan(joining, await read(joining, theirs));
    expect(changes.find(({ address }) => address === "networks.market")).toMatchObject({
      state: "refused",
      sentence: expect.stringContaining(network.arn),
    });
  });

  test("that nobody accepted, or that is not there, is told before anything is made", async () => {
    const { read, network, clientsOf } = await platform([other, third]);
    const uninvited = clientsOf(third);
    const joining = payments({ arn: network.arn });
    const { changes } = plan(joining, await read(joining, uninvited));
    expect(changes.filter(({ state }) => state === "refused")).toMatchObject([
      {
        address: "networks.far",
        sentence: expect.stringContaining("an invitation to a share has to be accepted"),
      },
    ]);
  });

  test("lets others in and shuts them out as the document says", async () => {
    const { apply, read, document } = await platform();
    const principals = async (then?: string[]) => (await read(document(then))).networks[0]?.share?.principals;
    expect(await apply(document([third, other]))).toMatchObject({ updated: 1, failures: [] });
    expect(await principals()).toEqual([other, third]);
    expect(await apply(document([third]))).toMatchObject({ updated: 1, failures: [] });
    expect(await principals()).toEqual([third]);
    expect(await apply(document())).toMatchObject({ deleted: 1, failures: [] });
    expect(await principals()).toBeUndefined();
  });

  test("is not taken down while a stranger's service is in it", async () => {
    const { apply, read, theirs, network } = await platform();
    await apply(payments({ arn: network.arn }), theirs);
    const empty = readDocument({ name: "platform" });
    expect(plan(empty, await read(empty)).changes).toMatchObject([
      { state: "refused", sentence: expect.stringContaining(`:${other}:service/`) },
    ]);
    await apply(payments({ arn: network.arn }, []), theirs);
    expect(await apply(empty)).toMatchObject({ deleted: 2, failures: [] });
  });
});

describe("a service that is shared", () => {
  test("is put into the network of whoever it is shared with, and does not count among their own", async () => {
    const lattice = await runningLattice();
    const shared = readDocument({
      name: "payments",
      services: { payment: { listeners, share: { principals: [other] } } },
    });
    await lattice.apply(shared);
    const theirs = lattice.clientsOf(other);
    await accept(theirs);
    const same = readDocument({ name: "shop", services: { payment: { listeners } } });
    expect(await lattice.apply(same, theirs)).toMatchObject({ created: 2, failures: [] });
    expect((await lattice.read(same, theirs)).elsewhere).toEqual({
      networks: 0,
      services: 0,
      targetGroups: 0,
    });
  });
});

describe("documents of two teams in one account", () => {
  test("meet in a network: one makes it, the other joins it and never changes it", async () => {
    const { apply, read } = await runningLattice();
    const platform = readDocument({ name: "platform", networks: { market: { authType: "AWS_IAM" } } });
    const team = (networks: string[]) =>
      readDocument({
        name: "team",
        networks: { market: "external" },
        services: { fruit: { networks, listeners } },
      });
    const alone = team(["market"]);
    expect(plan(alone, await read(alone)).changes.filter(({ state }) => state === "refused")).toMatchObject([
      { address: "networks.market", sentence: expect.stringContaining("no network market") },
    ]);
    await apply(platform);
    expect(await apply(alone)).toMatchObject({ created: 3, failures: [] });
    expect(await apply(platform)).toMatchObject({ changes: [], unchanged: 1 });
    const gone = readDocument({ name: "team" });
    expect(await apply(gone)).toMatchObject({ deleted: 2, failures: [] });
    expect((await read(platform)).networks).toMatchObject([{ authType: "AWS_IAM", services: [] }]);
  });
});
