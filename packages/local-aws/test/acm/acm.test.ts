import { X509Certificate } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from "@aws-sdk/client-acm";
import { describe, expect, test } from "vitest";
import { localAuthority } from "../../src/acm/authority.ts";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

async function certificateManager() {
  const { aws, settings, clock } = await runningLocalAws();
  return { aws, clock, client: new ACMClient(settings) };
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("Certificate Manager", () => {
  test("issues what is requested, signed by the local authority for all its names", async () => {
    const { aws, client, clock } = await certificateManager();
    const request = new RequestCertificateCommand({
      DomainName: "shop.example.com",
      SubjectAlternativeNames: ["*.shop.example.com"],
    });
    const { CertificateArn = "" } = await client.send(request);
    expect(CertificateArn).toMatch(/^arn:aws:acm:us-east-1:123456789012:certificate\/[0-9a-f-]{36}$/);
    const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate).toMatchObject({
      DomainName: "shop.example.com",
      SubjectAlternativeNames: ["shop.example.com", "*.shop.example.com"],
      Status: "ISSUED",
      Type: "AMAZON_ISSUED",
      KeyAlgorithm: "EC_prime256v1",
      IssuedAt: new Date(clock.now()),
    });
    const got = await client.send(new GetCertificateCommand({ CertificateArn }));
    const root = new X509Certificate(await aws.certificateAuthority());
    const issued = new X509Certificate(got.Certificate ?? "");
    expect(issued.verify(root.publicKey)).toBe(true);
    expect(issued.checkHost("order.shop.example.com")).toBe("*.shop.example.com");
    expect(got.CertificateChain?.trim()).toBe((await aws.certificateAuthority()).trim());
  });

  test("issues once for the same token", async () => {
    const { client } = await certificateManager();
    const request = (DomainName: string) =>
      client.send(new RequestCertificateCommand({ DomainName, IdempotencyToken: "once" }));
    const first = await request("a.example.com");
    expect((await request("a.example.com")).CertificateArn).toBe(first.CertificateArn);
    expect((await request("b.example.com")).CertificateArn).not.toBe(first.CertificateArn);
  });

  test("keeps what is imported, and replaces it under its ARN", async () => {
    const { client } = await certificateManager();
    const authority = localAuthority(undefined);
    const put = async (name: string, CertificateArn?: string) => {
      const { certificate, privateKey } = await authority.issue([name]);
      const pair = { Certificate: bytes(certificate), PrivateKey: bytes(privateKey) };
      return client.send(
        new ImportCertificateCommand({ ...pair, ...(CertificateArn && { CertificateArn }) }),
      );
    };
    const { CertificateArn } = await put("old.example.com");
    expect(await put("new.example.com", CertificateArn)).toMatchObject({ CertificateArn });
    const { Certificate } = await client.send(new DescribeCertificateCommand({ CertificateArn }));
    expect(Certificate).toMatchObject({ DomainName: "new.example.com", Type: "IMPORTED" });
  });

  test("refuses a key of another certificate, and what is no certificate", async () => {
    const { client } = await certificateManager();
    const authority = localAuthority(undefined);
    const [one, other] = [await authority.issue(["a.example.com"]), await authority.issue(["b.example.com"])];
    const put = (certificate: string, privateKey: string) =>
      client.send(
        new ImportCertificateCommand({ Certificate: bytes(certificate), PrivateKey: bytes(privateKey) }),
      );
    await expect(put(one.certificate, other.privateKey)).rejects.toMatchObject({
      name: "ValidationException",
      message: /does not match/,
    });
    await expect(put("nonsense", one.privateKey)).rejects.toThrow(/certificate is not valid/);
    await expect(put(one.certificate, "nonsense")).rejects.toThrow(/private key is not valid/);
  });

  test("lists in pages and forgets what is deleted", async () => {
    const { client } = await certificateManager();
    for (const name of ["a", "b", "c"]) {
      await client.send(new RequestCertificateCommand({ DomainName: `${name}.example.com` }));
    }
    const page = async (NextToken?: string) => {
      const command = new ListCertificatesCommand({ MaxItems: 2, ...(NextToken && { NextToken }) });
      const { CertificateSummaryList = [], NextToken: next } = await client.send(command);
      return {
        names: CertificateSummaryList.map(({ DomainName }) => DomainName),
        CertificateSummaryList,
        next,
      };
    };
    const first = await page();
    expect(first.names).toEqual(["a.example.com", "b.example.com"]);
    expect(await page(first.next)).toMatchObject({ names: ["c.example.com"], next: undefined });
    const keys = async (keyType: "EC_prime256v1" | "RSA_2048") => {
      const command = new ListCertificatesCommand({ Includes: { keyTypes: [keyType] } });
      return (await client.send(command)).CertificateSummaryList?.length;
    };
    expect([await keys("EC_prime256v1"), await keys("RSA_2048")]).toEqual([3, 0]);
    const CertificateArn = first.CertificateSummaryList[0]?.CertificateArn;
    await client.send(new DeleteCertificateCommand({ CertificateArn }));
    expect((await page()).names).toEqual(["b.example.com", "c.example.com"]);
    await expect(client.send(new DescribeCertificateCommand({ CertificateArn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test.for(["", "no dots", "-a.example.com", "a..example.com", "x".repeat(254)])(
    "refuses the name %j",
    async (DomainName) => {
      const { client } = await certificateManager();
      await expect(client.send(new RequestCertificateCommand({ DomainName }))).rejects.toMatchObject({
        name: "ValidationException",
      });
    },
  );

  test("does for a role what its policies allow", async () => {
    const { aws } = await certificateManager();
    const visitor = new ACMClient(roleSettings(aws, ["acm:ListCertificates"]));
    await expect(visitor.send(new ListCertificatesCommand({}))).resolves.toBeDefined();
    await expect(
      visitor.send(new RequestCertificateCommand({ DomainName: "a.example.com" })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});

describe("The local authority", () => {
  test("keeps its root in a file, to be trusted again after a restart", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "authority-"));
    const file = path.join(folder, "deep", "root.pem");
    const root = await localAuthority(file).root();
    expect(readFileSync(file, "utf8")).toBe(root);
    expect(existsSync(`${file}.key`)).toBe(true);
    const again = localAuthority(file);
    expect((await again.root()).trim()).toBe(root.trim());
    const { certificate } = await again.issue(["a.example.com"]);
    expect(new X509Certificate(certificate).verify(new X509Certificate(root).publicKey)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test("writes over no file that is not its own, and says so", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "authority-"));
    const file = path.join(folder, "mine.txt");
    writeFileSync(file, "mine");
    await expect(localAuthority(file).root()).rejects.toMatchObject({
      name: "AuthorityFileError",
      message: expect.stringContaining(`${file} and ${file}.key are no root and its key`),
    });
    writeFileSync(`${file}.key`, "mine too");
    await expect(localAuthority(file).root()).rejects.toMatchObject({ name: "AuthorityFileError" });
    await expect(localAuthority(path.join(file, "below")).root()).rejects.toMatchObject({
      name: "AuthorityFileError",
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(readFileSync(`${file}.key`, "utf8")).toBe("mine too");
    rmSync(folder, { recursive: true });
  });
});
