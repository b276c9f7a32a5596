import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { instancePort } from "./network.ts";

const home = "/opt/shop";
const key = "/etc/shop/key.pem";
const certificate = "/etc/shop/certificate.pem";

/**
 * What makes an instance serve payment, as cloud-init takes it (JSON is YAML too): the program itself, so that there is
 * nothing to fetch but packages, a certificate of the instance's own, which Lattice does not verify, and a service that
 * systemd keeps running. EC2 takes at most 16 KB. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function userData(): string {
  return `#cloud-config\n${JSON.stringify({
    packages: ["nodejs24", "openssl"],
    write_files: [...program(), { path: "/etc/systemd/system/payment.service", content: unit() }],
    runcmd: [
      ["mkdir", "-p", path.dirname(key)],
      [
        ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-days", "3650", "-subj", "/CN=payment", "-keyout", key, "-out", certificate],
      ],
      ["chown", "nobody", key],
      ["systemctl", "enable", "--now", "payment.service"],
    ],
  })}\n`;
}

/** The sources of the shop's services; those of the load generator are no part of them. */
function program(): { path: string; content: string }[] {
  const sources = path.join($cli.paths.root, "packages/shop/src");
  const files = readdirSync(sources).filter((file) => !["index.ts", "drive-orders.ts"].includes(file));
  return [
    { path: `${home}/package.json`, content: '{"type":"module"}' },
    ...files.sort().map((file) => ({
      path: `${home}/${file}`,
      content: readFileSync(path.join(sources, file), "utf8"),
    })),
  ];
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html */
function unit(): string {
  const environment = {
    SHOP_SERVICE: "payment",
    SHOP_VERSION: "v1",
    HOST: "::",
    PORT: String(instancePort),
    TLS_KEY: key,
    TLS_CERTIFICATE: certificate,
  };
  return [
    "[Service]",
    ...Object.entries(environment).map(([name, value]) => `Environment=${name}=${value}`),
    `ExecStart=/usr/bin/node-24 ${home}/main.ts`,
    "User=nobody",
    "Restart=always",
    "[Install]",
    "WantedBy=multi-user.target",
    "",
  ].join("\n");
}
