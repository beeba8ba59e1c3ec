/** Headers of everything that a window loads: nothing from elsewhere, no inline script. */

/** @param connect where the page may connect to, beside its own origin */
export function securityHeaders(connect = ''): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Style attributes in Vue's static templates; style elements stay forbidden.
    "style-src-attr 'unsafe-inline'",
    `connect-src 'self' ${connect}`.trim(),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store'
  }
}
