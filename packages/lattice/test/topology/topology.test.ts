import { GetListenerCommand, PutAuthPolicyCommand, UpdateListenerCommand } from "@aws-sdk/client-vpc-lattice";
import { plan, type ReadyChange, type Write } from "@espalier/topology";
import { describe, expect, test } from "vitest";
import { makeChange } from "../../src/index.ts";
import { putFunction, runningLattice } from "./running-lattice.ts";
import { shop } from "./shop-document.ts";

/** A Lattice with the shop in it. */
async function openShop(latency?: number) {
  const lattice = await runningLattice(latency);
  putFunction(lattice.aws, "order");
  const report = await lattice.apply(shop());
  return { ...lattice, report };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

async function inventoryListener({ read }: Shop) {
  const service = (await read(shop())).services.find(({ name }) => name === "inventory");
  const listener = service?.listeners[0];
  if (!service || !listener) throw new Error("inventory has no listener");
  return { serviceIdentifier: service.id, listenerIdentifier: listener.id, action: listener.defaultAction };
}

/** Shifts inventory's weights as a rollout would, group by group in the order of the action. */
async function shift(open: Shop, weights: readonly number[]) {
  const { action, ...ids } = await inventoryListener(open);
  if (!("forward" in action)) throw new Error("inventory's listener does not forward");
  const targetGroups = action.forward.targetGroups.map((group, at) => ({
    ...group,
    weight: weights[at] ?? 0,
  }));
  await open.client.send(new UpdateListenerCommand({ ...ids, defaultAction: { forward: { targetGroups } } }));
}

const weightsOf = async (open: Shop) => {
  const { action } = await inventoryListener(open);
  return "forward" in action ? action.forward.targetGroups.map(({ weight }) => weight) : [];
};

describe("the shop's document", () => {
  test("is applied, and applied again changes nothing", async () => {
    const open = await openShop();
    expect(open.report).toMatchObject({ created: 27, updated: 0, unchanged: 0, failures: [] });
    const before = await open.read(shop());
    expect(await open.apply(shop())).toMatchObject({ created: 0, updated: 0, unchanged: 27, changes: [] });
    expect(await open.read(shop())).toEqual(before);
  });

  test("is known after an apply as it is read anew, without having been read again", async () => {
    const open = await openShop(3_000);
    expect(plan(shop(), open.known())).toEqual(plan(shop(), await open.read(shop())));
    const smaller = shop((written) => {
      delete written.services.inventory.listeners.http.defaultAction.forward["inventory-v3"];
      delete written.targetGroups["inventory-v3"];
      written.networks.shop.authType = "NONE";
    });
    expect((await open.apply(smaller)).failures).toEqual([]);
    expect(plan(smaller, open.known())).toEqual(plan(smaller, await open.read(smaller)));
  });

  test("is applied while everything takes its time to become ACTIVE", async () => {
    const open = await openShop(3_000);
    expect(open.report).toMatchObject({ created: 27, failures: [] });
    const { services, networks } = await open.read(shop());
    const associations = networks.flatMap((network) => [...network.vpcs, ...network.services]);
    expect(new Set([...services, ...associations].map(({ status }) => status))).toEqual(new Set(["ACTIVE"]));
  });

  test("says who may call whom by the ARNs that the services got", async () => {
    const open = await openShop();
    const { networks, services } = await open.read(shop());
    const arn = services.find(({ name }) => name === "inventory")?.arn;
    expect(JSON.parse(networks[0]?.policy ?? "").Statement[0]).toMatchObject({
      Principal: { AWS: "arn:aws:iam::123456789012:role/order" },
      Resource: `${arn}/stock`,
      Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
    });
  });

  test("puts back what somebody changed by hand, except for weights", async () => {
    const open = await openShop();
    const { networks } = await open.read(shop());
    const policy = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}';
    await open.client.send(new PutAuthPolicyCommand({ resourceIdentifier: networks[0]?.id, policy }));
    await shift(open, [10, 90, 0]);
    expect((await open.apply(shop())).changes.map(({ address }) => address)).toEqual([
      "networks.shop.policy",
    ]);
    expect(await weightsOf(open)).toEqual([10, 90, 0]);
  });

  test("takes all of it down again when it is emptied", async () => {
    const open = await openShop(3_000);
    const empty = shop((written) => Object.assign(written, { networks: {}, targetGroups: {}, services: {} }));
    expect(await open.apply(empty)).toMatchObject({ created: 0, failures: [] });
    await open.clock.advance(3_000);
    expect(await open.read(shop())).toEqual({
      networks: [],
      otherNetworks: [],
      services: [],
      targetGroups: [],
      elsewhere: { networks: 0, services: 0, targetGroups: 0 },
    });
  });

  test("of which a part cannot be made is finished as far as it goes, and continued later", async () => {
    const lattice = await runningLattice();
    const first = await lattice.apply(shop());
    expect(first.created).toBe(25);
    expect(first.failures.map(({ address }) => address)).toEqual([
      "targetGroups.order.targets",
      "services.order.listeners.http",
    ]);
    expect(first.failures[0]?.sentence).toMatch(/TargetsRefused: .*Function not found/);
    putFunction(lattice.aws, "order");
    expect(await lattice.apply(shop())).toMatchObject({ created: 2, unchanged: 25, failures: [] });
  });
});

describe("a target group", () => {
  test("that no rule names is replaced where Lattice cannot change it", async () => {
    const open = await openShop(3_000);
    const spare = (port: number) =>
      shop((written) => {
        written.targetGroups.spare = { ...written.targetGroups.payment, port };
      });
    await open.apply(spare(80));
    expect(await open.apply(spare(8080))).toMatchObject({ replaced: 1, failures: [] });
    const group = (await open.read(spare(8080))).targetGroups.find(({ name }) => name === "spare");
    expect(group).toMatchObject({ port: 8080, status: "ACTIVE", targets: [{ port: 8080 }, { port: 8080 }] });
  });
});

describe("weights that a rollout set", () => {
  test("survive an apply that changes the structure around them", async () => {
    const open = await openShop();
    await shift(open, [5, 95, 0]);
    const report = await open.apply(
      shop((written) => {
        written.services.inventory.listeners.http.rules = [
          {
            name: "stock",
            priority: 1,
            match: { path: { exact: "/stock" } },
            action: { forward: "inventory-v3" },
          },
        ];
        delete written.services.inventory.listeners.http.defaultAction.forward["inventory-v3"];
      }),
    );
    expect(report).toMatchObject({ created: 1, updated: 1, failures: [] });
    expect(await weightsOf(open)).toEqual([5, 95]);
  });

  test("are not overwritten by a plan that was made before", async () => {
    const open = await openShop();
    const smaller = shop((written) => {
      delete written.services.inventory.listeners.http.defaultAction.forward["inventory-v3"];
    });
    const changes = plan(smaller, await open.read(smaller)).changes.filter(
      (change) => change.state === "ready",
    );
    const [change] = changes as ReadyChange[];
    expect(change?.write.operation).toBe("UpdateListener");
    await shift(open, [50, 50, 0]);
    expect(await makeChange(open.clients, change?.write as Write, "token")).toMatchObject({
      type: "seen",
      now: { forward: { targetGroups: [{ weight: 50 }, { weight: 50 }, { weight: 0 }] } },
    });
    expect(await weightsOf(open)).toEqual([50, 50, 0]);
  });
});

describe("a change", () => {
  test("of any kind does nothing when it is made once more", async () => {
    const open = await openShop();
    const changed = shop((written) => {
      written.networks.shop.authType = "NONE";
      written.services.payment.idleTimeoutSeconds = 90;
      written.targetGroups.payment.targets = ["10.0.10.99"];
      written.services.delivery.networks = [];
      written.targetGroups.spare = { ...written.targetGroups.payment };
      delete written.services.inventory.listeners.http.defaultAction.forward["inventory-v3"];
    });
    const ready = plan(changed, await open.read(changed)).changes.flatMap((change) =>
      change.state === "ready" ? [change] : [],
    );
    expect(ready.map(({ write }) => write.operation).sort()).toEqual([
      "CreateTargetGroup",
      "DeleteServiceNetworkServiceAssociation",
      "RegisterTargets",
      "UpdateListener",
      "UpdateService",
      "UpdateServiceNetwork",
    ]);
    const make = () =>
      Promise.all(
        ready.map(({ address, write }) =>
          makeChange(open.clients, write, `run ${address}`).then(({ type }) => type),
        ),
      );
    expect(new Set(await make())).toEqual(new Set(["written"]));
    const once = await open.read(changed);
    expect(new Set(await make())).toEqual(new Set(["written"]));
    expect(await open.read(changed)).toEqual(once);
  });

  test("that Lattice refuses is told by Lattice's own error", async () => {
    const { clients } = await runningLattice();
    const write: Write = {
      operation: "CreateServiceNetwork",
      input: { name: "-no-", authType: "NONE", tags: {} },
    };
    await expect(makeChange(clients, write, "token")).rejects.toMatchObject({ name: "ValidationException" });
  });

  test("of a listener reads what is there just before", async () => {
    const open = await openShop();
    const { action, ...ids } = await inventoryListener(open);
    if (!("forward" in action)) throw new Error("inventory's listener does not forward");
    const was = { forward: { targetGroups: action.forward.targetGroups.map((group) => ({ ...group })) } };
    const write: Write = {
      operation: "UpdateListener",
      input: { ...ids, defaultAction: { fixedResponse: { statusCode: 404 } } },
      was,
    };
    expect(await makeChange(open.clients, write, "token")).toMatchObject({ type: "written" });
    expect(await makeChange(open.clients, write, "token")).toMatchObject({ type: "written" });
    const { defaultAction } = await open.client.send(new GetListenerCommand(ids));
    expect(defaultAction).toEqual({ fixedResponse: { statusCode: 404 } });
  });
});
