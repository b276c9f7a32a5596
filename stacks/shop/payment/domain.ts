import type { PaymentAccount } from "./account.ts";

/** Payment's own name, and the certificate that Lattice shows for it. */
export interface PaymentDomain {
  /** `payment.shop.example`. */
  readonly name: string;
  /** The ARN of a certificate in ACM, once it is issued. */
  readonly certificate: $util.Output<string>;
  readonly zoneId: $util.Output<string>;
}

/**
 * `payment` in a domain that has a public zone in the Route 53 of this account, with a certificate in payment's account,
 * where its service is. Throws where no domain is set.
 */
export function paymentDomain({ provider }: PaymentAccount): PaymentDomain {
  const domain = process.env.ESPALIER_SHOP_DOMAIN ?? "";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
    throw new Error(
      `ESPALIER_SHOP_DOMAIN is "${domain}"; it is a domain of yours with a public zone in Route 53, such as shop.example`,
    );
  const name = `payment.${domain}`;
  const { zoneId } = aws.route53.getZoneOutput({ name: domain });
  const certificate = new aws.acm.Certificate(
    "ShopPaymentCertificate",
    { domainName: name, validationMethod: "DNS" },
    { provider },
  );
  const proof = certificate.domainValidationOptions.apply(([option]) => option);
  const record = new aws.route53.Record("ShopPaymentProof", {
    zoneId,
    name: proof.resourceRecordName,
    type: proof.resourceRecordType.apply((type) => type as aws.route53.RecordType),
    records: [proof.resourceRecordValue],
    ttl: 60,
  });
  const issued = new aws.acm.CertificateValidation(
    "ShopPaymentCertificateIssued",
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    { provider },
  );
  return { name, certificate: issued.certificateArn, zoneId };
}
