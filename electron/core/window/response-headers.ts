interface PolicySources {
  readonly script: string;
  readonly connect: string;
}

/** `unsafe-inline` for styles: Mantine sets style attributes. */
function contentSecurityPolicy({ script, connect }: PolicySources): string {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** What every answer to a window carries, in the browser and in Electron. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': contentSecurityPolicy({ script: "'self'", connect: "'self'" }),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** Instead of those above, while Vite serves the window: its inline preamble and its socket. */
export function devHeaders(devServer: string): Record<string, string> {
  const socket = devServer.replace(/^http/, 'ws');
  return {
    'Content-Security-Policy': contentSecurityPolicy({
      script: "'self' 'unsafe-inline'",
      connect: `'self' ${socket}`,
    }),
    'Cache-Control': 'no-store',
  };
}
