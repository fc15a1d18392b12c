/** The cookies of one host, by name; enough for a sign-in, which keeps to one. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** Keeps the response's cookies, and drops those it expires. */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals).trim();
      if (isExpired(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(equals + 1).trim());
    }
  }

  /** The Cookie header. */
  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function isExpired(attributes: readonly string[]): boolean {
  return attributes.some((attribute) => {
    const [name = '', value = ''] = attribute.trim().split('=');
    return name.toLowerCase() === 'expires' && Date.parse(value) <= Date.now();
  });
}
