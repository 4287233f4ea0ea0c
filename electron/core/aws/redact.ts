/**
 * Takes account ids and access keys out of a text of the service. ARNs keep their rest, which says
 * what was refused.
 */
export function redact(text: string): string {
  return text
    .replaceAll(/(arn:aws[\w-]*:[\w-]*:[\w-]*:)\d{12}/g, '$1(account)')
    .replaceAll(/\b(account(?: id)?:? ?)\d{12}\b/gi, '$1(account)')
    .replaceAll(/\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{8,}\b/g, '(key)');
}
